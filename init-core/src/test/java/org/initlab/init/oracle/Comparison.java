package org.initlab.init.oracle;

import java.util.List;
import org.deeplearning4j.nn.weights.WeightInit;

/**
 * One comparison of a row of ours with another framework.
 *
 * @param ours a text of Named
 * @param framework keras, jax, pytorch or dl4j
 * @param theirs what it is called there
 * @param how what the oracle evaluates: an expression or a call of Python, or a constant of
 *     WeightInit
 */
record Comparison(String ours, String framework, String theirs, String how) {

  static final int IN = 2000;
  static final int OUT = 500;

  private static Comparison keras(String ours, String call) {
    String seeded = call.replace(")", (call.endsWith("()") ? "" : ", ") + "seed=7)");
    String theirs = call.replace("()", "");
    return new Comparison(
        ours, "keras", theirs, "keras.initializers.%s((%d, %d))".formatted(seeded, IN, OUT));
  }

  private static Comparison jax(String ours, String call) {
    String theirs = call.replace("()", "");
    return new Comparison(
        ours, "jax", theirs, "init.%s(key(7), (%d, %d))".formatted(call, IN, OUT));
  }

  private static Comparison torch(String ours, String call) {
    return new Comparison(ours, "pytorch", call.replace("w, ", "").replace("(w)", ""), call);
  }

  private static Comparison dl4j(String ours, WeightInit theirs) {
    return new Comparison(ours, "dl4j", theirs.name(), theirs.name());
  }

  private static final String UNIFORM_SCALING =
      "variance_scaling(scale=1.0, mode=fan_in, distribution=uniform)";
  private static final String NORMAL_SCALING =
      "variance_scaling(scale=1.0, mode=fan_in, distribution=normal)";
  private static final String TRUNCATED_SCALING =
      "variance_scaling(scale=1.0, mode=fan_in, distribution=truncated_normal)";

  /** All that the table has, in its order. */
  static final List<Comparison> ALL =
      List.of(
          keras("glorot_uniform", "GlorotUniform()"),
          jax("glorot_uniform", "glorot_uniform()"),
          torch("glorot_uniform", "xavier_uniform_(w)"),
          dl4j("glorot_uniform", WeightInit.XAVIER_UNIFORM),
          keras("glorot_normal", "GlorotNormal()"),
          jax("glorot_normal", "glorot_normal()"),
          torch("glorot_normal", "xavier_normal_(w)"),
          dl4j("glorot_normal", WeightInit.XAVIER),
          dl4j("glorot_normal", WeightInit.XAVIER_LEGACY),
          keras("glorot_truncated_normal", "GlorotNormal()"),
          jax("glorot_truncated_normal", "glorot_normal()"),
          keras("he_uniform", "HeUniform()"),
          jax("he_uniform", "he_uniform()"),
          torch("he_uniform", "kaiming_uniform_(w)"),
          dl4j("he_uniform", WeightInit.RELU_UNIFORM),
          keras("he_normal", "HeNormal()"),
          jax("he_normal", "he_normal()"),
          torch("he_normal", "kaiming_normal_(w)"),
          dl4j("he_normal", WeightInit.RELU),
          keras("he_truncated_normal", "HeNormal()"),
          jax("he_truncated_normal", "he_normal()"),
          keras("lecun_uniform", "LecunUniform()"),
          jax("lecun_uniform", "lecun_uniform()"),
          torch("lecun_uniform", "kaiming_uniform_(w, nonlinearity='linear')"),
          dl4j("lecun_uniform", WeightInit.LECUN_UNIFORM),
          keras("lecun_normal", "LecunNormal()"),
          jax("lecun_normal", "lecun_normal()"),
          torch("lecun_normal", "kaiming_normal_(w, nonlinearity='linear')"),
          dl4j("lecun_normal", WeightInit.LECUN_NORMAL),
          keras("lecun_truncated_normal", "LecunNormal()"),
          jax("lecun_truncated_normal", "lecun_normal()"),
          torch("standard", "kaiming_uniform_(w, a=sqrt5)"),
          dl4j("standard", WeightInit.UNIFORM),
          keras("normal(stddev=0.05)", "RandomNormal()"),
          jax("normal(stddev=0.05)", "normal()"),
          jax("normal(stddev=0.05)", "normal(0.05)"),
          torch("normal(stddev=0.05)", "normal_(w)"),
          torch("normal(stddev=0.05)", "normal_(w, std=0.05)"),
          dl4j("normal(stddev=0.05)", WeightInit.NORMAL),
          keras("uniform(limit=0.05)", "RandomUniform()"),
          jax("uniform(limit=0.05)", "uniform()"),
          jax("uniform(limit=0.05)", "uniform(0.05)"),
          torch("uniform(limit=0.05)", "uniform_(w)"),
          dl4j("uniform(limit=0.05)", WeightInit.UNIFORM),
          keras("truncated_normal(stddev=0.05)", "TruncatedNormal()"),
          jax("truncated_normal(stddev=0.05)", "truncated_normal(0.05)"),
          torch("truncated_normal(stddev=0.05)", "trunc_normal_(w, std=0.05)"),
          torch("truncated_normal(stddev=0.05)", "trunc_normal_(w)"),
          keras(TRUNCATED_SCALING, "VarianceScaling()"),
          keras(TRUNCATED_SCALING, "VarianceScaling(distribution='normal')"),
          jax(TRUNCATED_SCALING, "variance_scaling(1, 'fan_in', 'truncated_normal')"),
          dl4j(TRUNCATED_SCALING, WeightInit.VAR_SCALING_NORMAL_FAN_IN),
          keras(NORMAL_SCALING, "VarianceScaling(distribution='normal')"),
          keras(NORMAL_SCALING, "VarianceScaling(distribution='untruncated_normal')"),
          jax(NORMAL_SCALING, "variance_scaling(1, 'fan_in', 'normal')"),
          keras(UNIFORM_SCALING, "VarianceScaling(distribution='uniform')"),
          jax(UNIFORM_SCALING, "variance_scaling(1, 'fan_in', 'uniform')"),
          dl4j(UNIFORM_SCALING, WeightInit.VAR_SCALING_UNIFORM_FAN_IN),
          keras("orthogonal(gain=1.0)", "Orthogonal()"),
          jax("orthogonal(gain=1.0)", "orthogonal()"),
          torch("orthogonal(gain=1.0)", "orthogonal_(w)"),
          torch("identity(gain=1.0)", "eye_(w)"),
          dl4j("identity(gain=1.0)", WeightInit.IDENTITY),
          torch("sparse(connections=15, stddev=1.0)", "sparse_(w, 0.1)"),
          dl4j("lecun_normal", WeightInit.NORMAL),
          dl4j("lecun_normal", WeightInit.XAVIER_FAN_IN),
          dl4j("dl4j:lecun_uniform", WeightInit.LECUN_UNIFORM),
          dl4j("dl4j:sigmoid_uniform", WeightInit.SIGMOID_UNIFORM),
          dl4j("dl4j:xavier_legacy", WeightInit.XAVIER_LEGACY),
          dl4j("dl4j:var_scaling_normal_fan_in", WeightInit.VAR_SCALING_NORMAL_FAN_IN),
          dl4j("dl4j:var_scaling_normal_fan_out", WeightInit.VAR_SCALING_NORMAL_FAN_OUT),
          dl4j("dl4j:var_scaling_normal_fan_avg", WeightInit.VAR_SCALING_NORMAL_FAN_AVG),
          dl4j("dl4j:var_scaling_uniform_fan_in", WeightInit.VAR_SCALING_UNIFORM_FAN_IN),
          dl4j("dl4j:var_scaling_uniform_fan_out", WeightInit.VAR_SCALING_UNIFORM_FAN_OUT),
          dl4j("dl4j:var_scaling_uniform_fan_avg", WeightInit.VAR_SCALING_UNIFORM_FAN_AVG));
}
