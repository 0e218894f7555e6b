package org.initlab.experiment.report;

import java.util.Arrays;
import java.util.Collection;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Times until something was reached, of which those beyond the budget are only known to be longer.
 * They are never averaged: a median can be told as long as more than half were reached.
 *
 * @param median the middle time, where the ones not reached count as longest; null if that is one
 *     of them or there is none
 * @param n times, the ones not reached included
 * @param reached how many were reached
 */
record Censored(Double median, long n, long reached) {

  static final StructType TYPE =
      new StructType()
          .add("median", DataTypes.DoubleType)
          .add("n", DataTypes.LongType)
          .add("reached", DataTypes.LongType);

  /** Of times of which those that are NaN, infinite or null were not reached. */
  static Censored of(Collection<? extends Number> times) {
    double[] reached = Interval.finite(times);
    int n = times.size();
    double[] all = Arrays.copyOf(reached, n);
    Arrays.fill(all, reached.length, n, Double.POSITIVE_INFINITY);
    Arrays.sort(all);
    double middle =
        n == 0 ? Double.NaN : n % 2 == 1 ? all[n / 2] : (all[n / 2 - 1] + all[n / 2]) / 2;
    return new Censored(Double.isFinite(middle) ? middle : null, n, reached.length);
  }

  /** As a row of {@link #TYPE}. */
  Row row() {
    return RowFactory.create(median, n, reached);
  }
}
