package org.initlab.experiment.report;

import java.util.Arrays;
import java.util.Collection;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Mean of repeats with its 95 % Student-t interval, {@code mean ± t(0.975, n - 1) s / sqrt(n)}. A
 * value that is not finite is counted in {@code lost} and leaves the rest null: a mean over what
 * survived would flatter.
 *
 * @param mean null if a value is lost or there is none
 * @param low lower end; null also for a single value
 * @param high upper end; null also for a single value
 * @param n values, the lost ones included
 * @param lost values that are missing, NaN or infinite
 */
record Interval(Double mean, Double low, Double high, long n, long lost) {

  static final StructType TYPE =
      new StructType()
          .add("mean", DataTypes.DoubleType)
          .add("low", DataTypes.DoubleType)
          .add("high", DataTypes.DoubleType)
          .add("n", DataTypes.LongType)
          .add("lost", DataTypes.LongType);

  static Interval of(Collection<? extends Number> values) {
    long n = values.size();
    double[] finite = finite(values);
    long lost = n - finite.length;
    if (n == 0 || lost > 0) {
      return new Interval(null, null, null, n, lost);
    }
    double mean = Arrays.stream(finite).average().orElseThrow();
    if (n == 1) {
      return new Interval(mean, null, null, n, lost);
    }
    double squares = Arrays.stream(finite).map(v -> (v - mean) * (v - mean)).sum();
    double half =
        new TDistribution(null, n - 1).inverseCumulativeProbability(0.975)
            * Math.sqrt(squares / (n - 1) / n);
    return new Interval(mean, mean - half, mean + half, n, lost);
  }

  /** The middle value; null if a value is lost or there is none. */
  static Double median(Collection<? extends Number> values) {
    double[] finite = finite(values);
    if (finite.length == 0 || finite.length < values.size()) {
      return null;
    }
    Arrays.sort(finite);
    int half = finite.length / 2;
    return finite.length % 2 == 1 ? finite[half] : (finite[half - 1] + finite[half]) / 2;
  }

  static double[] finite(Collection<? extends Number> values) {
    return values.stream()
        .filter(v -> v != null && Double.isFinite(v.doubleValue()))
        .mapToDouble(Number::doubleValue)
        .toArray();
  }

  /** As a row of {@link #TYPE}. */
  Row row() {
    return RowFactory.create(mean, low, high, n, lost);
  }
}
