package org.initlab.init.named;

import java.util.List;
import java.util.function.Function;
import org.initlab.init.Initializer;
import org.initlab.init.Scheme;
import org.initlab.init.scheme.BiasFree;
import org.initlab.init.scheme.ByRole;
import org.initlab.init.scheme.Critical;
import org.initlab.init.scheme.DepthScaled;
import org.initlab.init.scheme.Fixup;
import org.initlab.init.scheme.MaximalUpdate;
import org.initlab.init.scheme.NeuralTangent;
import org.initlab.init.scheme.StartingGates;
import org.initlab.init.scheme.TFixup;
import org.initlab.init.scheme.TorchDefault;

/** The rows of whole-network rules. */
final class SchemeRows {

  private static final Parameter BIAS_VARIANCE = Parameter.atLeastZero("bias_variance", 0);

  static final List<RuleRow<Scheme>> ROWS =
      List.of(
          row(
              "by_role",
              "the initializer of each role: input, hidden and output kernels, those of residual"
                  + " branches, recurrent ones; and biases",
              "Keras's kernel_initializer, recurrent_initializer and bias_initializer, a network wide",
              List.of(
                  Parameter.initializer("hidden", "glorot_uniform"),
                  sameAsHidden("input"),
                  sameAsHidden("output"),
                  sameAsHidden("residual"),
                  Parameter.initializer("recurrent", "orthogonal"),
                  Parameter.initializer("bias", "zeros")),
              a ->
                  new ByRole(
                      role(a, "input"),
                      a.initializer("hidden"),
                      role(a, "output"),
                      a.initializer("recurrent"),
                      role(a, "residual"),
                      a.initializer("bias"))),
          row(
              "torch_default",
              "kernels and biases uniform within 1 / sqrt(fan_in of the kernel)",
              "PyTorch, Linear.reset_parameters: kaiming_uniform_(a=sqrt(5))",
              List.of(),
              a -> new TorchDefault(),
              "pytorch_default"),
          row(
              "critical",
              "variance sigma_w^2 / fan_in with chi_1 = 1 at the fixed length of the kernel's activation;"
                  + " biases of variance bias_variance",
              "Schoenholz, Gilmer, Ganguli & Sohl-Dickstein 2017, Deep information propagation, section 3",
              List.of(
                  BIAS_VARIANCE,
                  Parameter.choice("weights", "normal", List.of("normal", "orthogonal"))),
              a -> new Critical(a.number("bias_variance"), a.word("weights").equals("orthogonal")),
              "edge_of_chaos"),
          row(
              "bias_free",
              "kernels as the base's; biases stay 0, their learning rates times 0",
              "Saxe, McClelland & Ganguli 2013, Exact solutions to the nonlinear dynamics of learning in"
                  + " deep linear neural networks, section 1",
              List.of(base("orthogonal")),
              a -> new BiasFree(a.initializer("base"))),
          row(
              "fixup",
              "output kernel and last kernel of each branch 0; the other kernels of a branch of m"
                  + " layers times L^(-1/(2m-2)); gates 1",
              "Zhang, Dauphin & Ma 2019, Fixup initialization, section 3",
              List.of(base("he_normal")),
              a -> new Fixup(a.initializer("base"))),
          row(
              "skipinit",
              "gates start at gate L^(-power); kernels as the base's",
              "De & Smith 2020, Batch normalization biases residual blocks towards the identity function,"
                  + " section 4",
              List.of(base("he_normal"), Parameter.number("gate", 0), Parameter.number("power", 0)),
              a ->
                  new StartingGates(
                      "skipinit", a.initializer("base"), a.number("gate"), a.number("power"))),
          row(
              "rezero",
              "gates start at 0; kernels as the base's",
              "Bachlechner, Majumder, Mao, Cottrell & McAuley 2020, ReZero is all you need, equation 1",
              List.of(base("glorot_uniform")),
              a -> new StartingGates("rezero", a.initializer("base"), 0, 0)),
          row(
              "t_fixup",
              "of a Transformer's encoder of N layers and decoder of M, weights times 0.67 N^(-1/4)"
                  + " and (9 M)^(-1/4): value and output projections, feed-forward kernels; embeddings"
                  + " normal of variance 1 / d, times (9 N)^(-1/4) and (9 M)^(-1/4)",
              "Huang, Perez, Ba & Volkovs 2020, Improving Transformer optimization through better"
                  + " initialization, section 3.2",
              List.of(
                  base("glorot_uniform"),
                  Parameter.count("encoder_layers", 6),
                  Parameter.count("decoder_layers", 6)),
              a ->
                  new TFixup(
                      a.initializer("base"), a.whole("encoder_layers"), a.whole("decoder_layers"))),
          row(
              "depth_scaled",
              "the last kernel of each of L branches times L^(-power)",
              "Radford, Wu, Child, Luan, Amodei & Sutskever 2019, Language models are unsupervised"
                  + " multitask learners, section 2.3",
              List.of(base("he_normal"), Parameter.number("power", 0.5)),
              a -> new DepthScaled(a.initializer("base"), a.number("power"))),
          row(
              "ntk",
              "variance weight_variance / fan_in, learning rate times the same; biases of variance"
                  + " bias_variance, learning rate times the same",
              "Jacot, Gabriel & Hongler 2018, Neural tangent kernel, section 2",
              List.of(
                  Parameter.atLeastZero("weight_variance", 1),
                  Parameter.atLeastZero("bias_variance", 0.01)),
              a -> new NeuralTangent(a.number("weight_variance"), a.number("bias_variance")),
              "neural_tangent"),
          row(
              "mup",
              "output kernel times r^(-1/2), r = width / base_width; learning rates of SGD: input"
                  + " and biases times r, output / r; of Adam: hidden and output / r",
              "Yang, Hu, Babuschkin & others 2021, Tensor programs V, table 3",
              List.of(
                  base("lecun_normal"),
                  Parameter.count("base_width", 64),
                  Parameter.choice("readout", "scaled", List.of("scaled", "zeros"))),
              a ->
                  new MaximalUpdate(
                      a.initializer("base"),
                      a.whole("base_width"),
                      a.word("readout").equals("zeros")),
              "maximal_update"));

  private SchemeRows() {}

  private static RuleRow<Scheme> row(
      String name,
      String formula,
      String paper,
      List<Parameter> parameters,
      Function<Arguments, Scheme> maker,
      String... aliases) {
    return new RuleRow<>(new Signature(name, parameters), List.of(aliases), formula, paper, maker);
  }

  private static Parameter base(String fallback) {
    return Parameter.initializer("base", fallback);
  }

  /** A role that is drawn as hidden kernels are unless told otherwise. */
  private static Parameter sameAsHidden(String role) {
    return Parameter.initializer(role, "hidden").with(List.of("hidden"));
  }

  private static Initializer role(Arguments arguments, String role) {
    return arguments.initializer(arguments.word(role).equals("hidden") ? "hidden" : role);
  }
}
