package org.initlab.experiment.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.initlab.device.cuda.CudaDevice;
import org.initlab.device.cuda.CudaKernel;
import org.initlab.device.cuda.CudaModule;
import org.initlab.device.cuda.DeviceMemory;
import org.initlab.device.cuda.NetworkShape;
import org.initlab.experiment.bench.GpuCheck.Comparison;
import org.initlab.experiment.gpu.DeviceDraws;
import org.initlab.init.Activation;
import org.initlab.init.Law;
import org.initlab.init.random.Key;

/** The draws and activations of a GPU against a CPU's. */
final class GpuNumbers {

  /** Units in the last place that a normal number may be off; uniform ones may not. */
  private static final int NORMAL_ULPS = 2;

  private static final double PART = 2e-6;

  /** What the error of a value is measured against where the value is less. */
  private static final double VALUE_FLOOR = 1e-3;

  /** The same of a slope, which comes from the value by differences from 1, on a CPU too. */
  private static final double SLOPE_FLOOR = 1;

  private final CudaDevice device;
  private final int draws;

  GpuNumbers(CudaDevice device, double size) {
    this.device = device;
    this.draws = (int) Math.max(10_000, size * (1 << 24));
  }

  Stream<Comparison> draws() {
    return Stream.of(
            new Law.Uniform(),
            new Law.Normal(),
            new Law.TruncatedNormal(2),
            new Law.TruncatedNormal(0.5))
        .map(this::draw);
  }

  private Comparison draw(Law law) {
    Key key = Key.of(20240501).at("init").at("layer/1");
    float[] expected = new float[draws];
    float[] found = new float[draws];
    law.fill(key, 0.03, expected);
    try (DeviceDraws kernels = new DeviceDraws(device);
        DeviceMemory out = device.memory((long) Float.BYTES * draws)) {
      kernels.fill(law, key, 0.03, out, 0, draws);
      out.get(0, found);
    }
    int differ = 0;
    long most = 0;
    for (int i = 0; i < draws; i++) {
      long ulps = ulps(expected[i], found[i]);
      differ += ulps == 0 ? 0 : 1;
      most = Math.max(most, ulps);
    }
    return new Comparison(
        draws + " draws of " + law.toString().replaceFirst("\\[\\]", ""),
        most <= (law instanceof Law.Uniform ? 0 : NORMAL_ULPS),
        differ == 0 ? "the same bits" : differ + " differ, by up to " + most + " ulp");
  }

  /** How many floats lie between two, of one sign or near 0. */
  private static long ulps(float a, float b) {
    return Math.abs(ordered(a) - ordered(b));
  }

  private static long ordered(float x) {
    int bits = Float.floatToRawIntBits(x);
    return bits < 0 ? -(long) (bits & Integer.MAX_VALUE) : bits;
  }

  /** Value and slope of each, from -30 to 30 and near 0, against double precision. */
  List<Comparison> activations() {
    List<Comparison> comparisons = new ArrayList<>();
    float[] s = new float[20_001];
    for (int i = 0; i < s.length; i++) {
      double t = (i - 10_000) / 10_000.0;
      s[i] = (float) (30 * t * t * t);
    }
    try (CudaModule module = device.module("train");
        DeviceMemory in = device.memory((long) Float.BYTES * s.length);
        DeviceMemory values = device.memory((long) Float.BYTES * s.length);
        DeviceMemory slopes = device.memory((long) Float.BYTES * s.length)) {
      CudaKernel kernel = module.kernel("activations");
      in.put(0, s);
      for (Activation activation : Activation.values()) {
        kernel.launch(
            8, 128, 0, NetworkShape.activation(activation.title()), in, values, slopes, s.length);
        comparisons.add(compare(activation, s, values, slopes));
      }
    }
    return comparisons;
  }

  private static Comparison compare(
      Activation activation, float[] s, DeviceMemory values, DeviceMemory slopes) {
    float[] z = new float[s.length];
    float[] slope = new float[s.length];
    values.get(0, z);
    slopes.get(0, slope);
    double most = 0;
    for (int i = 0; i < s.length; i++) {
      most = Math.max(most, error(z[i], activation.of(s[i]), VALUE_FLOOR));
      most = Math.max(most, error(slope[i], activation.slope(s[i]), SLOPE_FLOOR));
    }
    return new Comparison(
        activation.title() + " and its slope",
        most <= PART,
        String.format(Locale.ROOT, "within %.1e", most));
  }

  /** Relative to the value, or to the floor; a NaN is infinitely wrong. */
  private static double error(double found, double expected, double floor) {
    double error = Math.abs(found - expected) / Math.max(Math.abs(expected), floor);
    return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
  }
}
