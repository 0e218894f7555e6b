package org.initlab.init.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.initlab.init.Activation;
import org.initlab.init.Branch;
import org.initlab.init.Initializer;
import org.initlab.init.Rates;
import org.initlab.init.Role;
import org.initlab.init.Scheme;
import org.initlab.init.Site;
import org.initlab.init.WeightShape;
import org.initlab.init.named.Description;
import org.initlab.init.named.Named;
import org.initlab.init.named.RuleRow;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemes against the formulas of their papers, written out here once more. */
class SchemesTest {

  private static final Key KEY = Key.of(41);

  static List<RuleRow<Scheme>> rows() {
    return Named.schemeRows();
  }

  private static Site kernel(Role role, long in, long out, Branch branch) {
    Activation into = role == Role.OUTPUT || branch.ends() ? Activation.IDENTITY : Activation.RELU;
    return new Site(
        role + "/" + branch.position(), WeightShape.dense(in, out), role, into, 2, 9, branch);
  }

  /** A network of {@code branches} gated branches of {@code m} kernels. */
  private static List<Site> residual(int branches, int m, boolean gated) {
    List<Site> sites = new ArrayList<>();
    sites.add(kernel(Role.INPUT, 20, 32, Branch.NONE));
    for (int position = 1; position <= m; position++) {
      sites.add(kernel(Role.HIDDEN, 32, 32, new Branch(branches, m, position, gated)));
    }
    sites.add(kernel(Role.OUTPUT, 32, 10, Branch.NONE));
    return sites;
  }

  private static float[] draw(Initializer initializer, Site site) {
    return initializer.draw(site, KEY.at(site.name())).values();
  }

  /** By what the first weight that is not 0 was multiplied, the same for all; 0 if all are 0. */
  private static double factor(Scheme scheme, String base, Site site) {
    float[] plain = draw(Named.initializer(base), site);
    float[] scaled = draw(scheme.at(site), site);
    double factor = scaled[0] / plain[0];
    for (int i = 0; i < plain.length; i++) {
      assertThat((double) scaled[i]).isCloseTo(factor * plain[i], within(1e-7));
    }
    return factor;
  }

  /** Those that some network here can have. */
  static List<RuleRow<Scheme>> usable() {
    return rows().stream().filter(row -> !row.name().equals("t_fixup")).toList();
  }

  @ParameterizedTest
  @MethodSource("usable")
  void everyRowFillsAGatedResidualNetwork(RuleRow<Scheme> row) {
    Scheme scheme = Named.scheme(row.name());
    List<Site> sites = residual(4, 2, true);
    assertThat(scheme.objection(sites)).isEmpty();
    for (Site site : sites) {
      float[] once = draw(scheme.at(site), site);
      assertThat(once).hasSize((int) site.shape().size()).isEqualTo(draw(scheme.at(site), site));
      scheme
          .bias(site)
          .ifPresent(bias -> assertThat(draw(bias, site.bias())).hasSize((int) site.shape().out()));
      for (float w : once) {
        assertThat(w).isFinite();
      }
      for (Rates.Rule rule : Rates.Rule.values()) {
        Rates rates = scheme.rates(site, rule);
        assertThat(scheme.scalesRates() || rates.equals(Rates.ONE)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyRowHasOneText(RuleRow<Scheme> row) {
    String text = Named.canonicalScheme(row.name());
    assertThat(Named.canonicalScheme(text)).isEqualTo(text);
    for (String alias : row.aliases()) {
      assertThat(Named.canonicalScheme(alias)).isEqualTo(text);
    }
    assertThat(Named.rows()).noneMatch(r -> r.name().equals(row.name()));
    assertThat(Description.of(row.name())).hasSizeGreaterThan(6);
  }

  @Test
  void anInitializerIsTheSchemeThatItIsEverywhere() {
    Scheme scheme = Named.scheme("orthogonal(gain=2)");
    Site site = kernel(Role.HIDDEN, 8, 8, Branch.NONE);
    assertThat(draw(scheme.at(site), site))
        .isEqualTo(draw(Named.initializer("orthogonal(gain=2)"), site));
    assertThat(scheme.bias(site)).isEmpty();
    assertThat(Named.canonicalScheme("Orthogonal")).isEqualTo("orthogonal(gain=1.0)");
  }

  @Test
  void initializersOfRolesNest() {
    Scheme scheme =
        Named.scheme(
            "by_role(hidden=orthogonal(gain=1.5), output=zeros, bias=constant(value=0.1))");
    List<Site> sites = residual(4, 2, false);
    assertThat(factor(scheme, "orthogonal", sites.get(0))).isCloseTo(1.5, within(1e-6));
    assertThat(factor(scheme, "orthogonal", sites.get(1))).isCloseTo(1.5, within(1e-6));
    assertThat(draw(scheme.at(sites.get(3)), sites.get(3))).containsOnly(0);
    assertThat(draw(scheme.bias(sites.get(0)).orElseThrow(), sites.get(0).bias()))
        .containsOnly(0.1f);
    assertThat(Named.canonicalScheme("by_role(residual = he-normal)"))
        .isEqualTo(
            "by_role(hidden=glorot_uniform, input=hidden, output=hidden, residual=he_normal,"
                + " recurrent=orthogonal(gain=1.0), bias=zeros)");
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "16, 2", "100, 2", "16, 3", "81, 3"})
  void fixup(int branches, int m) {
    Scheme scheme = Named.scheme("fixup");
    List<Site> sites = residual(branches, m, true);
    assertThat(factor(scheme, "he_normal", sites.get(0))).isEqualTo(1);
    for (int position = 1; position < m; position++) {
      assertThat(factor(scheme, "he_normal", sites.get(position)))
          .isCloseTo(Math.pow(branches, -1.0 / (2 * m - 2)), within(1e-6));
    }
    assertThat(factor(scheme, "he_normal", sites.get(m))).isZero();
    assertThat(factor(scheme, "he_normal", sites.get(m + 1))).isZero();
    assertThat(scheme.gate(sites.get(m))).hasValue(1);
  }

  @Test
  void gatesStartWhereTheirPapersSay() {
    Site last = residual(16, 2, true).get(2);
    assertThat(Named.scheme("rezero").gate(last)).hasValue(0);
    assertThat(Named.scheme("skipinit").gate(last)).hasValue(0);
    assertThat(Named.scheme("skipinit(gate=1, power=0.5)").gate(last)).hasValue(0.25);
    assertThat(Named.scheme("he_normal").gate(last)).isEmpty();
  }

  @Test
  void depthScaledSharesTheVariance() {
    List<Site> sites = residual(16, 2, false);
    Scheme scheme = Named.scheme("depth_scaled(base=he_normal)");
    assertThat(factor(scheme, "he_normal", sites.get(1))).isEqualTo(1);
    assertThat(factor(scheme, "he_normal", sites.get(2))).isCloseTo(0.25, within(1e-6));
    assertThat(factor(Named.scheme("depth_scaled(power=1)"), "he_normal", sites.get(2)))
        .isCloseTo(1 / 16.0, within(1e-6));
  }

  /** Yang et al. 2021, table 3, at four times the base width; hidden matrices are square. */
  @Test
  void maximalUpdate() {
    Scheme scheme = Named.scheme("mup(base_width=64)");
    Site input = kernel(Role.INPUT, 784, 256, Branch.NONE);
    Site hidden = kernel(Role.HIDDEN, 256, 256, Branch.NONE);
    Site output = kernel(Role.OUTPUT, 256, 10, Branch.NONE);
    assertThat(factor(scheme, "lecun_normal", input)).isEqualTo(1);
    assertThat(factor(scheme, "lecun_normal", hidden)).isEqualTo(1);
    assertThat(factor(scheme, "lecun_normal", output)).isCloseTo(0.5, within(1e-6));
    assertThat(scheme.rates(input, Rates.Rule.PROPORTIONAL)).isEqualTo(new Rates(4, 4));
    assertThat(scheme.rates(hidden, Rates.Rule.PROPORTIONAL)).isEqualTo(new Rates(1, 4));
    assertThat(scheme.rates(output, Rates.Rule.PROPORTIONAL)).isEqualTo(new Rates(0.25, 1));
    assertThat(scheme.rates(input, Rates.Rule.NORMALIZED)).isEqualTo(new Rates(1, 1));
    assertThat(scheme.rates(hidden, Rates.Rule.NORMALIZED)).isEqualTo(new Rates(0.25, 1));
    assertThat(scheme.rates(output, Rates.Rule.NORMALIZED)).isEqualTo(new Rates(0.25, 1));
    Site narrow = kernel(Role.OUTPUT, 64, 10, Branch.NONE);
    assertThat(scheme.rates(narrow, Rates.Rule.NORMALIZED)).isEqualTo(Rates.ONE);
    assertThat(factor(Named.scheme("mup(readout=zeros)"), "lecun_normal", output)).isZero();
  }

  @Test
  void neuralTangent() {
    Scheme scheme = Named.scheme("ntk(weight_variance=2, bias_variance=0.25)");
    Site site = kernel(Role.HIDDEN, 200, 100, Branch.NONE);
    assertThat(factor(scheme, "lecun_normal", site)).isCloseTo(Math.sqrt(2), within(1e-6));
    assertThat(scheme.rates(site, Rates.Rule.PROPORTIONAL)).isEqualTo(new Rates(0.01, 0.25));
    assertThat(scheme.rates(site, Rates.Rule.NORMALIZED)).isEqualTo(new Rates(0.1, 0.5));
  }

  /** The edge of chaos of tanh at sigma_b^2 = 0.05 is at sigma_w^2 = 1.760955. */
  @Test
  void criticalWeights() {
    Site tanh = new Site("t", WeightShape.dense(64, 64), Role.HIDDEN, Activation.TANH, 2, 9);
    Scheme scheme = Named.scheme("critical(bias_variance=0.05)");
    assertThat(factor(scheme, "lecun_normal", tanh)).isCloseTo(Math.sqrt(1.760955), within(1e-6));
    assertThat(factor(Named.scheme("critical(weights=orthogonal)"), "orthogonal", tanh))
        .isCloseTo(1, within(1e-6));
    Site output = kernel(Role.OUTPUT, 64, 10, Branch.NONE);
    assertThat(factor(scheme, "lecun_normal", output)).isCloseTo(1, within(1e-6));
    Site relu = kernel(Role.HIDDEN, 64, 64, Branch.NONE);
    assertThat(scheme.objection(List.of(relu)))
        .hasValueSatisfying(why -> assertThat(why).contains("relu", "bias variance 0.05"));
    assertThat(Named.scheme("critical").objection(List.of(relu, output))).isEmpty();
  }

  @Test
  void torchsDefault() {
    Scheme scheme = Named.scheme("torch_default");
    Site site = kernel(Role.HIDDEN, 400, 1000, Branch.NONE);
    for (float[] drawn :
        List.of(draw(scheme.at(site), site), draw(scheme.bias(site).orElseThrow(), site.bias()))) {
      double most = 0;
      for (float w : drawn) {
        most = Math.max(most, Math.abs(w));
      }
      // Of 1000 draws, all but one time in 1e4 one is nearer to the end than 1 %.
      assertThat(most).isBetween(0.99 / 20, 1.0 / 20);
    }
  }

  /**
   * Huang et al. 2020, section 3.2. The authors' code multiplies a value projection by sqrt(2),
   * that fairseq drew with Glorot's deviation over sqrt(2).
   */
  @Test
  void tFixup() {
    TFixup scheme = (TFixup) Named.scheme("t_fixup(encoder_layers=6, decoder_layers=4)");
    double encoder = 0.67 * Math.pow(6, -0.25);
    double decoder = Math.pow(36, -0.25);
    for (TFixup.Part part : TFixup.Part.values()) {
      double factor =
          switch (part) {
            case ENCODER_EMBEDDING -> Math.pow(54, -0.25);
            case ENCODER_VALUE, ENCODER_OUTPUT, ENCODER_FEED_FORWARD -> encoder;
            case DECODER_EMBEDDING, DECODER_VALUE, DECODER_OUTPUT, DECODER_FEED_FORWARD -> decoder;
            case QUERY, KEY -> 1;
          };
      assertThat(scheme.factor(part)).as("%s", part).isCloseTo(factor, within(1e-12));
    }
    Site site = kernel(Role.HIDDEN, 64, 64, Branch.NONE);
    double fairseq = draw(Named.initializer("glorot_uniform"), site)[0] / Math.sqrt(2);
    assertThat((double) draw(scheme.initializer(TFixup.Part.ENCODER_VALUE, 64), site)[0])
        .isCloseTo(encoder * Math.sqrt(2) * fairseq, within(1e-7));
    assertThat((double) draw(scheme.initializer(TFixup.Part.DECODER_EMBEDDING, 64), site)[0])
        .isCloseTo(
            decoder / 8 * draw(Named.initializer("normal(stddev=1)"), site)[0], within(1e-7));
  }

  @Test
  void tFixupRefusesEveryNetworkAndSaysWhy() {
    Scheme scheme = Named.scheme("T-Fixup");
    for (List<Site> network : List.of(residual(4, 2, true), residual(4, 2, false))) {
      assertThat(scheme.objection(network))
          .hasValueSatisfying(
              why ->
                  assertThat(why)
                      .startsWith("t_fixup is a scheme for")
                      .contains("Transformer", "no architecture here has them", "Maybe fixup"));
    }
    assertThatThrownBy(() -> scheme.at(kernel(Role.HIDDEN, 4, 4, Branch.NONE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Transformer");
    assertThatThrownBy(() -> new TFixup(Named.initializer("glorot_uniform"), 1, 0))
        .hasMessage("t_fixup: decoder_layers must be a whole number of at least 1, not 0.");
    assertThatThrownBy(() -> ((TFixup) scheme).initializer(TFixup.Part.ENCODER_EMBEDDING, 0))
        .hasMessage("t_fixup: features must be a whole number of at least 1, not 0.");
    assertThat(Description.of("t_fixup(encoder_layers=16)"))
        .anySatisfy(
            line -> {
              assertThat(line.title()).isEqualTo("encoder value");
              assertThat(line.text()).endsWith("factor is 0.335");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"fixup", "skipinit", "rezero", "depth_scaled"})
  void schemesForBranchesRefuseAChain(String name) {
    List<Site> chain = List.of(kernel(Role.INPUT, 4, 4, Branch.NONE));
    assertThat(Named.scheme(name).objection(chain))
        .hasValueSatisfying(
            why -> assertThat(why).startsWith(name).contains("this network has none", "Maybe"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"skipinit", "rezero"})
  void schemesForGatesRefuseBranchesWithoutThem(String name) {
    assertThat(Named.scheme(name).objection(residual(4, 2, false)))
        .hasValueSatisfying(why -> assertThat(why).contains("gated_residual_mlp"));
  }

  @Test
  void anInitializersObjectionIsItsSchemes() {
    assertThat(Named.scheme("dirac").objection(residual(4, 2, false)))
        .hasValueSatisfying(why -> assertThat(why).contains("a convolution", "Maybe identity."));
    assertThat(Named.scheme("by_role(output=irnn)").objection(residual(4, 2, false)))
        .hasValueSatisfying(why -> assertThat(why).startsWith("irnn"));
    Site tanh = new Site("t", WeightShape.dense(64, 64), Role.HIDDEN, Activation.TANH, 2, 9);
    assertThat(Named.scheme("random_walk").objection(List.of(tanh))).isPresent();
    assertThat(Named.scheme("fixup(base=random_walk)").objection(residual(4, 2, true))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fixip | Maybe fixup.",
        "by_role(hiden=zeros) | Maybe hidden.",
        "by_role(hidden=he_nrmal) | by_role: hidden: No initializer is named he_nrmal",
        "by_role(hidden=fixup) | a scheme for a whole network, and no single initializer",
        "by_role(hidden=orthogonal(gain=1) | unbalanced parenthesis",
        "t_fixup(encoder_layers=0) | t_fixup: encoder_layers must be a whole number of at least 1",
        "mup(base_width=0) | base_width must be a whole number of at least 1",
        "ntk(weight_variance=-1) | weight_variance must be a finite number of at least 0",
        "critical(weights=uniform) | one of normal, orthogonal"
      })
  void badTextsAreRefused(String text, String why) {
    assertThatThrownBy(() -> Named.canonicalScheme(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
