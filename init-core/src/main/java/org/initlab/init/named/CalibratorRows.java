package org.initlab.init.named;

import java.util.List;
import java.util.function.Function;
import org.initlab.init.Calibrator;
import org.initlab.init.calibrate.Decoupled;
import org.initlab.init.calibrate.GradInit;
import org.initlab.init.calibrate.Lsuv;
import org.initlab.init.calibrate.MetaInit;
import org.initlab.init.calibrate.WithinLayer;

/** The rows of rules that look at data. */
final class CalibratorRows {

  static final List<RuleRow<Calibrator>> ROWS =
      List.of(
          row(
              "none",
              List.of(),
              "weights stay as they were drawn",
              "a control: what the others change",
              List.of(),
              a -> network -> {}),
          row(
              "lsuv",
              List.of("layer_sequential_unit_variance"),
              "from the input on, each kernel divided by its outputs' deviation until their variance is"
                  + " 1 within tolerance",
              "Mishkin & Matas 2015, All you need is a good init, algorithm 1 (start from orthogonal)",
              List.of(
                  Parameter.aboveZero("tolerance", 0.02),
                  Parameter.count("rounds", 20),
                  Parameter.count("examples", 256)),
              a -> new Lsuv(a.number("tolerance"), a.whole("rounds"), a.whole("examples"))),
          row(
              "within_layer",
              List.of("data_dependent", "kraehenbuehl"),
              "every unit's outputs get this mean and deviation 1; then layers are scaled until they"
                  + " change at one rate",
              "Kraehenbuehl, Doersch, Donahue & Darrell 2015, Data-dependent initializations of"
                  + " convolutional neural networks, algorithms 1 and 2",
              List.of(
                  Parameter.number("mean", 0.1),
                  Parameter.count("rounds", 10),
                  Parameter.aboveZero("damping", 0.25),
                  Parameter.count("examples", 256)),
              a ->
                  new WithinLayer(
                      a.number("mean"),
                      a.whole("rounds"),
                      a.number("damping"),
                      a.whole("examples"))),
          row(
              "metainit",
              List.of(),
              "norms of the kernels go down the slope of the gradient quotient |(g - Hg) / g - 1|",
              "Dauphin & Schoenholz 2019, MetaInit: initializing learning by learning to initialize,"
                  + " section 4",
              List.of(
                  Parameter.aboveZero("rate", 0.1),
                  Parameter.atLeastZero("momentum", 0.9),
                  Parameter.count("steps", 500),
                  Parameter.count("examples", 128)),
              a ->
                  new MetaInit(
                      a.number("rate"),
                      a.number("momentum"),
                      a.whole("steps"),
                      a.whole("examples"))),
          row(
              "gradinit",
              List.of(),
              "a factor for each kernel and bias, learnt so that a step of length eta lowers the loss"
                  + " most while |g| <= bound",
              "Zhu, Ni, Xu, Kong, Huang & Goldstein 2021, GradInit: learning to initialize neural"
                  + " networks for stable and efficient training, algorithm 1",
              List.of(
                  Parameter.aboveZero("eta", 0.1),
                  Parameter.aboveZero("bound", 1),
                  Parameter.aboveZero("rate", 0.01),
                  Parameter.count("steps", 390),
                  Parameter.count("examples", 128)),
              a ->
                  new GradInit(
                      a.number("eta"),
                      a.number("bound"),
                      a.number("rate"),
                      a.whole("steps"),
                      a.whole("examples"))),
          row(
              "decoupled",
              List.of(),
              "kernels along the modes of the correlation of inputs with what is wanted, each mode of"
                  + " strength start, by way of where the drawn kernels send it",
              "Saxe, McClelland & Ganguli 2013, Exact solutions to the nonlinear dynamics of learning in"
                  + " deep linear neural networks, section 1.2",
              List.of(Parameter.aboveZero("start", 1e-6), Parameter.count("examples", 256)),
              a -> new Decoupled(a.number("start"), a.whole("examples"))));

  private CalibratorRows() {}

  private static RuleRow<Calibrator> row(
      String name,
      List<String> aliases,
      String formula,
      String paper,
      List<Parameter> parameters,
      Function<Arguments, Calibrator> maker) {
    return new RuleRow<>(new Signature(name, parameters), aliases, formula, paper, maker);
  }
}
