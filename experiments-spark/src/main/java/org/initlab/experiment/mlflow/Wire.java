package org.initlab.experiment.mlflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.initlab.experiment.Measurement;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.RunTag;

/** Names and values as MLflow takes them, and what fits into one request. */
final class Wire {

  /** Metrics, params and tags of one request together, and metrics alone. */
  static final int METRICS = 1000;

  /** Params of one request; and tags. */
  static final int PARAMS = 100;

  private static final int PARAM_LENGTH = 6000;
  private static final int TAG_LENGTH = 5000;
  private static final int NAME_LENGTH = 250;

  private Wire() {}

  /**
   * The key of a number. Parts of a metric are set off by dots, since a server that keeps files
   * cannot have both {@code loss} and {@code loss/train}; numbers of layers lie in a group of their
   * own, {@code activation_moments.std.by_layer/003}.
   */
  static String key(Measurement m) {
    String name = m.metric().replace('/', '.');
    if (m.bin() >= 0) {
      return String.format(Locale.ROOT, "%s.by_bin/%03d_%03d", name, m.layer(), m.bin());
    }
    return m.layer() == 0 ? name : String.format(Locale.ROOT, "%s.by_layer/%03d", name, m.layer());
  }

  /** Metrics in portions that a request holds; NaN and infinities go as they are. */
  static List<List<Metric>> metrics(List<Measurement> measurements, long millis) {
    List<Metric> all = new ArrayList<>();
    for (Measurement m : measurements) {
      all.add(
          Metric.newBuilder()
              .setKey(key(m))
              .setValue(m.value())
              .setTimestamp(millis)
              .setStep(m.step())
              .build());
    }
    return portions(all, METRICS);
  }

  static List<List<Param>> params(Map<String, String> params) {
    List<Param> all = new ArrayList<>();
    new TreeMap<>(params)
        .forEach(
            (name, value) ->
                all.add(
                    Param.newBuilder()
                        .setKey(name(name))
                        .setValue(cut(value, PARAM_LENGTH))
                        .build()));
    return portions(all, PARAMS);
  }

  static List<RunTag> tags(Map<String, String> tags) {
    List<RunTag> all = new ArrayList<>();
    new TreeMap<>(tags)
        .forEach(
            (name, value) ->
                all.add(
                    RunTag.newBuilder()
                        .setKey(name(name))
                        .setValue(cut(value, TAG_LENGTH))
                        .build()));
    return all;
  }

  /** MLflow's names hold letters, digits, and {@code _ - . /} and spaces. */
  private static String name(String name) {
    return cut(name.replaceAll("[^\\w.\\- ]", "_"), NAME_LENGTH);
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }

  static <T> List<List<T>> portions(List<T> all, int most) {
    List<List<T>> portions = new ArrayList<>();
    for (int from = 0; from < all.size(); from += most) {
      portions.add(all.subList(from, Math.min(from + most, all.size())));
    }
    return portions;
  }
}
