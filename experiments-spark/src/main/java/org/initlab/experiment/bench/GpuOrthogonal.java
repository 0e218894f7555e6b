package org.initlab.experiment.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.initlab.device.cuda.CudaDevice;
import org.initlab.device.cuda.DeviceMemory;
import org.initlab.experiment.bench.GpuCheck.Comparison;
import org.initlab.experiment.bench.GpuCheck.Speed;
import org.initlab.experiment.gpu.DeviceDraws;
import org.initlab.init.Site;
import org.initlab.init.draw.Orthogonal;
import org.initlab.init.random.Key;

/** The orthogonal matrices of a GPU against a CPU's, and how many a second it draws. */
final class GpuOrthogonal {

  private static final double PART = 1e-5;

  /**
   * Of these the Q of a CPU is known to some 1e-6: they are of good condition, or small. A square
   * of 1000 is not, and is compared by its own orthogonality.
   */
  private static final int LARGEST_SQUARE = 64;

  private final CudaDevice device;
  private final boolean whole;

  GpuOrthogonal(CudaDevice device, double size) {
    this.device = device;
    this.whole = size >= 1;
  }

  Stream<Comparison> compare() {
    return Stream.of("1 1", "7 1", "1 7", "64 64", "257 100", "100 257", "784 100", "1000 1000")
        .filter(size -> whole || !size.contains("1000"))
        .map(size -> size.split(" "))
        .map(size -> compare(Integer.parseInt(size[0]), Integer.parseInt(size[1])));
  }

  private Comparison compare(int rows, int columns) {
    Key key = Key.of(20240501).at("init").at("layer/1");
    float[] found = new float[rows * columns];
    try (DeviceDraws draws = new DeviceDraws(device);
        DeviceMemory out = device.memory((long) Float.BYTES * found.length)) {
      draws.orthogonal(List.of(key), rows, columns, 1, out);
      out.get(0, found);
    }
    double defect = defect(found, rows, columns);
    String what = "an orthogonal matrix of " + rows + " by " + columns;
    if (rows == columns && rows > LARGEST_SQUARE) {
      return new Comparison(
          what, defect <= PART, String.format(Locale.ROOT, "Q'Q within %.1e of 1", defect));
    }
    float[] expected = new Orthogonal(1).draw(Site.dense(rows, columns), key).values();
    double most = 0;
    for (int i = 0; i < found.length; i++) {
      double error = Math.abs(found[i] - expected[i]);
      most = Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(most, error);
    }
    return new Comparison(
        what,
        most <= PART && defect <= PART,
        String.format(Locale.ROOT, "entries within %.1e, Q'Q within %.1e of 1", most, defect));
  }

  /** How far products of the shorter side's vectors are from those of orthonormal ones. */
  private static double defect(float[] q, int rows, int columns) {
    int thin = Math.min(rows, columns);
    int tall = Math.max(rows, columns);
    int step = rows >= columns ? columns : 1;
    int next = rows >= columns ? 1 : columns;
    return IntStream.range(0, thin)
        .parallel()
        .mapToDouble(
            a -> {
              double worst = 0;
              for (int b = 0; b <= a; b++) {
                double sum = a == b ? -1 : 0;
                for (int i = 0; i < tall; i++) {
                  sum += (double) q[a * next + i * step] * q[b * next + i * step];
                }
                worst =
                    Double.isNaN(sum) ? Double.POSITIVE_INFINITY : Math.max(worst, Math.abs(sum));
              }
              return worst;
            })
        .max()
        .orElse(0);
  }

  /** Of a batch of squares, as a layer of many trials takes them. */
  Stream<Speed> speeds() {
    return whole ? Stream.of(speed(4096, 100), speed(132, 1000)) : Stream.of(speed(2, 20));
  }

  private Speed speed(int matrices, int side) {
    String what = matrices + " orthogonal matrices of " + side + " by " + side;
    List<Key> keys = IntStream.range(0, matrices).mapToObj(i -> Key.of(i)).toList();
    long bytes = (long) Float.BYTES * matrices * side * side;
    if (3 * bytes > device.freeBytes()) {
      return new Speed(what, "do not fit into its memory");
    }
    try (DeviceDraws draws = new DeviceDraws(device);
        DeviceMemory out = device.memory(bytes)) {
      double least = Double.POSITIVE_INFINITY;
      for (int round = 0; round <= (whole ? 3 : 1); round++) {
        long start = System.nanoTime();
        draws.orthogonal(keys, side, side, 1, out); // waits for its end
        least = round == 0 ? least : Math.min(least, (System.nanoTime() - start) / 1e9);
      }
      return new Speed(what, String.format(Locale.ROOT, "%,.0f a second", matrices / least));
    }
  }
}
