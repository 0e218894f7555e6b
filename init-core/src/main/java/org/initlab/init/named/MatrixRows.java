package org.initlab.init.named;

import java.util.List;
import org.initlab.init.draw.DeltaOrthogonal;
import org.initlab.init.draw.Dirac;
import org.initlab.init.draw.Hadamard;
import org.initlab.init.draw.Identity;
import org.initlab.init.draw.LooksLinear;
import org.initlab.init.draw.Orthogonal;
import org.initlab.init.draw.PaddedIdentity;
import org.initlab.init.draw.RandomWalk;
import org.initlab.init.draw.RecurrentIdentity;
import org.initlab.init.draw.Shapes;
import org.initlab.init.draw.Sparse;

/** The rows whose weights depend on one another, on their place or on the activation. */
final class MatrixRows {

  private static final Parameter GAIN = Parameter.atLeastZero("gain", 1);
  private static final Parameter DIAGONAL = Parameter.number("gain", 1);

  static final List<Row> ROWS =
      List.of(
          new Row(
                  "orthogonal",
                  List.of(),
                  "gain Q with Q' Q = 1 (Q Q' = 1 if there are more outputs than inputs), Haar's measure",
                  "Saxe, McClelland & Ganguli 2014, Exact solutions to the nonlinear dynamics of learning"
                      + " in deep linear neural networks, figure 6",
                  List.of(GAIN),
                  a -> new Orthogonal(a.number("gain")))
              .but(
                  "PyTorch: a convolution's kernel is flattened to out rows, here and in Keras and JAX"
                      + " to out columns; the same up to transposition",
                  "Deeplearning4j: a convolution's last axis, the kernel's width, is taken for the"
                      + " outputs; and it crashes from about 16 x 16"),
          new Row(
                  "delta_orthogonal",
                  List.of("convolution_delta_orthogonal"),
                  "gain H at the kernel's centre, 0 elsewhere; H H' = 1, Haar's measure",
                  "Xiao, Bahri, Sohl-Dickstein, Schoenholz & Pennington 2018, Dynamical isometry and a"
                      + " mean field theory of CNNs, algorithm 1",
                  List.of(GAIN),
                  a -> new DeltaOrthogonal(a.number("gain")))
              .only(Shapes.WIDENING_CONVOLUTION)
              .but("Keras, PyTorch, Deeplearning4j: have none; JAX's is this one"),
          new Row(
                  "identity",
                  List.of("eye", "dl4j:identity"),
                  "gain where input and output have the same number, else 0",
                  "Le, Jaitly & Hinton 2015, A simple way to initialize recurrent networks of rectified"
                      + " linear units, section 3",
                  List.of(DIAGONAL),
                  a -> new Identity(a.number("gain")))
              .only(Shapes.DENSE)
              .but("Deeplearning4j: its IDENTITY of a convolution is dirac"),
          new Row(
                  "irnn",
                  List.of("recurrent_identity"),
                  "gain times the identity of a recurrent kernel",
                  "Le, Jaitly & Hinton 2015, A simple way to initialize recurrent networks of rectified"
                      + " linear units, section 3 (gain 1; 0.01 for short memory)",
                  List.of(DIAGONAL),
                  a -> new RecurrentIdentity(a.number("gain")))
              .only(Shapes.SQUARE),
          new Row(
                  "dirac",
                  List.of("convolution_identity"),
                  "gain from input d to output d of each group at kernel position floor(k / 2), else 0",
                  "Zagoruyko & Komodakis 2017, DiracNets, section 3",
                  List.of(DIAGONAL, Parameter.count("groups", 1)),
                  a -> new Dirac(a.number("gain"), a.whole("groups")))
              .only(Shapes.CONVOLUTION)
              .but("Deeplearning4j: IDENTITY needs odd kernels and as many outputs as inputs"),
          new Row(
              "padded_identity",
              List.of("idinit"),
              "gain where input and output agree modulo the shorter side, else 0; plus normal noise"
                  + " of deviation noise",
              "Pan, Wang, Xie & others 2025, IDInit: a universal and stable initialization method"
                  + " for neural network training, section 3",
              List.of(DIAGONAL, Parameter.atLeastZero("noise", 1e-6)),
              a -> new PaddedIdentity(a.number("gain"), a.number("noise"))),
          new Row(
              "hadamard",
              List.of("zero_init", "hadamard_identity"),
              "the identity if out <= in, else part of a Hadamard matrix / sqrt(2^ceil(log2 out)); at a"
                  + " convolution's position floor(k / 2)",
              "Zhao, Schaefer & Anandkumar 2022, ZerO initialization, algorithms 1 and 2",
              List.of(),
              a -> new Hadamard()),
          new Row(
                  "looks_linear",
                  List.of("mirrored_orthogonal"),
                  "[A, -A; -A, A] with A orthogonal times gain; [A, -A] first and [A; -A] last",
                  "Balduzzi, Frean, Leary, Lewis, Ma & McWilliams 2017, The shattered gradients problem,"
                      + " section 4",
                  List.of(GAIN),
                  a -> new LooksLinear(a.number("gain")))
              .only(Shapes.PAIRED),
          new Row(
                  "sparse",
                  List.of("sparse_martens"),
                  "connections weights of each output normal of deviation stddev, the rest 0",
                  "Martens 2010, Deep learning via Hessian-free optimization, section 5",
                  List.of(Parameter.count("connections", 15), Parameter.atLeastZero("stddev", 1)),
                  a -> new Sparse(a.whole("connections"), a.number("stddev")))
              .but(
                  "PyTorch: sparse_ zeroes a fraction of the weights that leave each input, deviation"
                      + " 0.01"),
          new Row(
              "random_walk",
              List.of("sussillo_abbott"),
              "normal, variance g^2 / fan_in; g = exp(1 / (2 fan_in)) for identity, sqrt(2) exp(1.2 /"
                  + " (max(fan_in, 6) - 2.4)) for relu",
              "Sussillo & Abbott 2014, Random walk initialization for training very deep feedforward"
                  + " networks, section 3",
              List.of(),
              a -> new RandomWalk()));

  private MatrixRows() {}
}
