package org.initlab.experiment.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The table of functions that SQL knows in claims and figures. Each takes an array, as {@code
 * collect_list} makes it of repeats; {@code collect_list} leaves nulls out, so write a missing
 * value as NaN. The order of the array, which depends on that of stored files, changes nothing, to
 * the last bit.
 *
 * <ul>
 *   <li>{@code ci(values)}: {mean, low, high, n, lost}, Student's interval ({@link Interval});
 *   <li>{@code bootstrap_ci(values)}: the same of resampled means ({@link Bootstrap});
 *   <li>{@code median_of(values)}: the middle; null if a value is no number;
 *   <li>{@code median_until(times)}: the middle of times of which some were not reached ({@link
 *       Censored});
 *   <li>{@code p_above_0(differences)}: one-sided p-value of a paired t-test ({@link PairedTest});
 *   <li>{@code p_above_0_by_signs(differences)}: the same of an exact test by flipped signs.
 * </ul>
 */
final class SqlFunctions {

  private SqlFunctions() {}

  /** Makes them known to a session. */
  static void register(SparkSession spark) {
    UDF1<Seq<Number>, Row> ci = values -> Interval.of(list(values)).row();
    UDF1<Seq<Number>, Row> bootstrap = values -> Bootstrap.of(list(values)).row();
    UDF1<Seq<Number>, Double> median = values -> Interval.median(list(values));
    UDF1<Seq<Number>, Row> until = values -> Censored.of(list(values)).row();
    UDF1<Seq<Number>, Double> t = values -> PairedTest.student(list(values));
    UDF1<Seq<Number>, Double> signs = values -> PairedTest.signs(list(values));
    spark.udf().register("ci", ci, Interval.TYPE);
    spark.udf().register("bootstrap_ci", bootstrap, Interval.TYPE);
    spark.udf().register("median_of", median, DataTypes.DoubleType);
    spark.udf().register("median_until", until, Censored.TYPE);
    spark.udf().register("p_above_0", t, DataTypes.DoubleType);
    spark.udf().register("p_above_0_by_signs", signs, DataTypes.DoubleType);
  }

  /** The values in one order, whichever they came in: sums and resampling depend on it. */
  private static List<Number> list(Seq<Number> values) {
    List<Number> sorted = new ArrayList<>();
    if (values != null) {
      sorted.addAll(CollectionConverters.asJava(values));
      sorted.sort(Comparator.nullsLast(Comparator.<Number>comparingDouble(Number::doubleValue)));
    }
    return sorted;
  }
}
