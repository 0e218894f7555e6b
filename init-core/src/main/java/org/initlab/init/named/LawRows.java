package org.initlab.init.named;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.initlab.init.Fan;
import org.initlab.init.Gain;
import org.initlab.init.Initializer;
import org.initlab.init.Law;
import org.initlab.init.draw.ActivationGain;
import org.initlab.init.draw.Constant;
import org.initlab.init.draw.FixedScale;
import org.initlab.init.draw.VarianceScaling;

/** The rows whose weights are independent draws of a law, and the constants. */
final class LawRows {

  private static final Law UNIFORM = new Law.Uniform();
  private static final Law NORMAL = new Law.Normal();
  private static final Law TRUNCATED = new Law.TruncatedNormal(2);

  static final Map<String, Law> LAWS =
      Map.of("uniform", UNIFORM, "normal", NORMAL, "truncated_normal", TRUNCATED);

  static final Map<String, Fan> FANS =
      Arrays.stream(Fan.values()).collect(Collectors.toMap(Fan::title, fan -> fan));

  private static final List<String> DISTRIBUTIONS =
      List.of("uniform", "normal", "truncated_normal");

  private static final Parameter MODE =
      Parameter.choice("mode", "fan_in", List.of("fan_in", "fan_out", "fan_avg", "fan_geo_avg"))
          .also("geometric", "fan_geo_avg");

  private static final String GLOROT =
      "Glorot & Bengio 2010, Understanding the difficulty of training deep feedforward neural"
          + " networks, equation ";
  private static final String HE =
      "He, Zhang, Ren & Sun 2015, Delving deep into rectifiers, equation 10";
  private static final String LECUN =
      "LeCun, Bottou, Orr & Mueller 1998, Efficient BackProp, equation 16";
  private static final String TAILS = " (tails beyond 2 deviations redrawn, as Keras and JAX do)";

  static final List<Row> ROWS =
      List.of(
          scaling(
              "glorot_uniform",
              List.of("xavier_uniform", "dl4j:xavier_uniform"),
              GLOROT + "16",
              1,
              Fan.MEAN,
              UNIFORM),
          scaling(
                  "glorot_normal",
                  List.of("xavier_normal", "xavier", "dl4j:xavier"),
                  GLOROT + "12",
                  1,
                  Fan.MEAN,
                  NORMAL)
              .but("Caffe, MXNet: their xavier is uniform"),
          scaling(
              "glorot_truncated_normal",
              List.of("xavier_truncated_normal"),
              GLOROT + "12" + TAILS,
              1,
              Fan.MEAN,
              TRUNCATED),
          scaling(
              "he_uniform",
              List.of("kaiming_uniform", "relu_uniform", "dl4j:relu_uniform"),
              HE,
              2,
              Fan.IN,
              UNIFORM),
          scaling(
              "he_normal", List.of("kaiming_normal", "relu", "dl4j:relu"), HE, 2, Fan.IN, NORMAL),
          scaling(
              "he_truncated_normal",
              List.of("kaiming_truncated_normal"),
              HE + TAILS,
              2,
              Fan.IN,
              TRUNCATED),
          scaling(
              "lecun_uniform", List.of("efficient_backprop_uniform"), LECUN, 1, Fan.IN, UNIFORM),
          scaling(
              "lecun_normal",
              List.of(
                  "efficient_backprop_normal",
                  "xavier_fan_in",
                  "dl4j:xavier_fan_in",
                  "dl4j:lecun_normal",
                  "dl4j:normal"),
              LECUN,
              1,
              Fan.IN,
              NORMAL),
          scaling(
              "lecun_truncated_normal",
              List.of("efficient_backprop_truncated_normal"),
              LECUN + TAILS,
              1,
              Fan.IN,
              TRUNCATED),
          new Row(
              "standard",
              List.of("standard_uniform", "dl4j:uniform"),
              "uniform within 1 / sqrt(fan_in), variance 1 / (3 fan_in); PyTorch's default",
              GLOROT + "1",
              List.of(),
              a -> new VarianceScaling(Gain.of(1.0 / 3), Fan.IN, UNIFORM)),
          new Row(
              "normal",
              List.of("random_normal"),
              "normal, variance stddev^2",
              "Krizhevsky, Sutskever & Hinton 2012, ImageNet classification, section 5 (stddev 0.01)",
              List.of(Parameter.atLeastZero("stddev", 0.05)),
              a -> new FixedScale(a.number("stddev"), NORMAL)),
          new Row(
              "uniform",
              List.of("random_uniform"),
              "uniform within limit, variance limit^2 / 3",
              "Rumelhart, Hinton & Williams 1986, Learning internal representations by error propagation"
                  + " (small random weights)",
              List.of(Parameter.atLeastZero("limit", 0.05)),
              a -> new FixedScale(a.number("limit") / Math.sqrt(3), UNIFORM)),
          new Row(
              "truncated_normal",
              List.of("trunc_normal"),
              "normal cut at 2 deviations of its parent, variance stddev^2 after the cut",
              "Keras, TruncatedNormal (whose stddev is the parent's, 1.137 times larger)",
              List.of(Parameter.atLeastZero("stddev", 0.05)),
              a -> new FixedScale(a.number("stddev"), TRUNCATED)),
          new Row(
                  "variance_scaling",
                  List.of(),
                  "distribution with variance scale / mode",
                  "Keras, VarianceScaling; JAX, variance_scaling (for fan_geo_avg)",
                  List.of(
                      Parameter.atLeastZero("scale", 1),
                      MODE,
                      Parameter.choice("distribution", "truncated_normal", DISTRIBUTIONS)
                          .also("untruncated_normal", "normal")),
                  a ->
                      new VarianceScaling(
                          Gain.of(a.number("scale")),
                          FANS.get(a.word("mode")),
                          LAWS.get(a.word("distribution"))))
              .but(
                  "Keras: its distribution normal is truncated; untruncated_normal is this normal"),
          new Row(
              "activation_scaling",
              List.of("gain_scaling"),
              "distribution with variance gain(activation) / mode; gain derived: 1 / E f(z)^2,"
                  + " textbook: the papers' values, pytorch: calculate_gain^2 (25/9 for tanh, 9/16 for selu)",
              "He, Zhang, Ren & Sun 2015, Delving deep into rectifiers, section 2.2, for any activation",
              List.of(
                  Parameter.choice("gain", "derived", ActivationGain.titles()),
                  MODE,
                  Parameter.choice("distribution", "normal", DISTRIBUTIONS)
                      .also("untruncated_normal", "normal")),
              a ->
                  new VarianceScaling(
                      ActivationGain.valueOf(a.word("gain").toUpperCase(Locale.ROOT)),
                      FANS.get(a.word("mode")),
                      LAWS.get(a.word("distribution")))),
          control("zeros", List.of("zero", "dl4j:zero"), 0),
          control("ones", List.of("one", "dl4j:ones"), 1),
          new Row(
              "constant",
              List.of(),
              "every weight is value",
              "a control: equal units stay equal",
              List.of(Parameter.number("value")),
              a -> new Constant(a.number("value"))));

  private LawRows() {}

  private static Row scaling(
      String name, List<String> aliases, String paper, int gain, Fan fan, Law law) {
    String divisor = fan == Fan.MEAN ? "((fan_in + fan_out) / 2)" : "fan_in";
    String formula = law.name().replace('_', ' ') + ", variance " + gain + " / " + divisor;
    Function<Arguments, Initializer> maker = a -> new VarianceScaling(Gain.of(gain), fan, law);
    return new Row(name, aliases, formula, paper, List.of(), maker);
  }

  private static Row control(String name, List<String> aliases, double value) {
    return new Row(
        name,
        aliases,
        "every weight is " + (int) value,
        "a control: equal units stay equal",
        List.of(),
        a -> new Constant(value));
  }
}
