package org.initlab.experiment.gpu;

import java.util.List;
import org.initlab.device.cuda.CudaDevice;
import org.initlab.device.cuda.DeviceMemory;
import org.initlab.device.cuda.DrawKernels;
import org.initlab.device.cuda.DrawKernels.Stretch;
import org.initlab.init.Law;
import org.initlab.init.random.Key;

/**
 * Fills a GPU's memory with draws of a law: the numbers of {@link Law#fill}. To be closed.
 *
 * <p>Uniform numbers have the bits of a CPU; so have normal ones, as the kernels add, multiply and
 * take roots with the same roundings in the same order.
 */
public final class DeviceDraws implements AutoCloseable {

  private final DrawKernels kernels;

  /** Draws on a GPU. */
  public DeviceDraws(CudaDevice device) {
    this.kernels = new DrawKernels(device);
  }

  /**
   * Fills {@code out} with the elements {@code from}, from + 1, ..., {@code count} of them, of a
   * key's draws times {@code deviation}.
   */
  public void fill(Law law, Key key, double deviation, DeviceMemory out, long from, long count) {
    Stretch stretch = new Stretch(key.high(), key.low(), from, count);
    if (law instanceof Law.Uniform uniform) {
      kernels.uniform(out, stretch, (float) (uniform.bound() * deviation));
    } else if (law instanceof Law.Normal) {
      kernels.normal(out, stretch, (float) deviation);
    } else if (law instanceof Law.TruncatedNormal truncated) {
      kernels.truncatedNormal(
          out,
          stretch,
          (float) truncated.mass(),
          Math.nextDown((float) truncated.cut()),
          (float) (deviation / truncated.parentDeviation()));
    }
  }

  /**
   * Fills {@code out} with matrices of orthonormal columns, or rows, times {@code gain}, one for
   * each key, row-major: those of {@link org.initlab.init.draw.Orthogonal}, but for rounding, which
   * a matrix of bad condition enlarges there as here.
   */
  public void orthogonal(List<Key> keys, int rows, int columns, double gain, DeviceMemory out) {
    int[] words = new int[2 * keys.size()];
    for (int i = 0; i < keys.size(); i++) {
      words[2 * i] = keys.get(i).high();
      words[2 * i + 1] = keys.get(i).low();
    }
    kernels.orthogonal(out, words, rows, columns, (float) gain);
  }

  @Override
  public void close() {
    kernels.close();
  }
}
