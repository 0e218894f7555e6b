package org.initlab.init.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.initlab.init.Fans;
import org.initlab.init.Layout;
import org.initlab.init.Site;
import org.initlab.init.WeightShape;
import org.initlab.init.Weights;
import org.initlab.init.layer.Convention;
import org.initlab.init.layer.Kernel;
import org.initlab.init.layer.Layer;
import org.initlab.init.named.Named;
import org.initlab.init.named.Row;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every row {@code torch:...} against the real PyTorch, number for number. */
@Tag("slow")
class TorchTest {

  static final Path PROGRAM = Path.of("src/test/oracle/torch_draws.py");

  private static final List<String> SEEDS = List.of("0", "7", "123456789", "4294967295");

  /** Below, at and above the 16 numbers at which normals change their path, and odd lengths. */
  private static final List<String> SHAPES =
      List.of(
          "1,1",
          "1,2",
          "3,5",
          "1,15",
          "4,4",
          "17,1",
          "7,13",
          "33,3,3,3",
          "8,5,3",
          "2,3,2,1,3",
          "50,100",
          "1000,1000");

  /**
   * A row, PyTorch's call, and how far apart the numbers may be.
   *
   * @param ulps in units in the last place
   * @param absolute or in absolute terms
   */
  private record Case(String text, String call, int ulps, double absolute) {}

  private static final List<Case> CASES =
      List.of(
          new Case("uniform_(a=-0.3, b=0.4, %s)", "uniform_(w, -0.3, 0.4)", 0, 0),
          new Case("normal_(std=0.7, %s)", "normal_(w, 0, 0.7)", 4, 0),
          new Case("xavier_uniform_(%s)", "xavier_uniform_(w)", 0, 0),
          new Case("xavier_uniform_(gain=1.5, %s)", "xavier_uniform_(w, gain=1.5)", 0, 0),
          new Case("xavier_normal_(gain=0.5, %s)", "xavier_normal_(w, gain=0.5)", 4, 0),
          new Case("kaiming_uniform_(%s)", "kaiming_uniform_(w)", 0, 0),
          new Case(
              "kaiming_uniform_(a=2.23606797749979, %s)", "kaiming_uniform_(w, a=sqrt5)", 0, 0),
          new Case(
              "kaiming_uniform_(mode=fan_out, nonlinearity=tanh, %s)",
              "kaiming_uniform_(w, mode='fan_out', nonlinearity='tanh')", 0, 0),
          new Case(
              "kaiming_normal_(nonlinearity=selu, %s)",
              "kaiming_normal_(w, nonlinearity='selu')", 4, 0),
          new Case(
              "kaiming_normal_(mode=fan_out, nonlinearity=relu, %s)",
              "kaiming_normal_(w, mode='fan_out', nonlinearity='relu')", 4, 0),
          // PyTorch's inverse error function has an error of its own near the ends, in float32.
          new Case("trunc_normal_(%s)", "trunc_normal_(w)", 4, 1e-6),
          new Case("trunc_normal_(std=0.02, %s)", "trunc_normal_(w, std=0.02)", 4, 5e-5 * 0.02),
          new Case(
              "trunc_normal_(std=0.5, a=-0.2, b=1, %s)",
              "trunc_normal_(w, std=0.5, a=-0.2, b=1)", 4, 1e-6),
          new Case("orthogonal_(gain=1.3, %s)", "orthogonal_(w, gain=1.3)", 0, 1e-5),
          new Case("sparse_(sparsity=0.3, std=0.2, %s)", "sparse_(w, 0.3, std=0.2)", 4, 0),
          new Case("zeros_", "zeros_(w)", 0, 0),
          new Case("ones_", "ones_(w)", 0, 0),
          new Case("constant_(val=0.3)", "constant_(w, 0.3)", 0, 0),
          new Case("eye_", "eye_(w)", 0, 0),
          new Case("dirac_(groups=1)", "dirac_(w)", 0, 0));

  @Test
  void everyRowIsThatOfPyTorch(@TempDir Path folder) throws Exception {
    Optional<String> python = python();
    if (python.isEmpty()) {
      Oracle.missing("PyTorch", "On Debian: apt-get install python3-torch.");
    }
    List<String> lines = new ArrayList<>();
    for (Case one : CASES) {
      for (String seed : SEEDS) {
        for (String shape : shapes(one, seed)) {
          Path file = folder.resolve("draw" + lines.size());
          lines.add(String.join(" ", seed, shape, file.toString(), "init." + one.call()));
        }
      }
    }
    Oracle.ask(List.of(python.get(), PROGRAM.toString()), lines, folder);

    int asked = 0;
    for (Case one : CASES) {
      for (String seed : SEEDS) {
        for (String shape : shapes(one, seed)) {
          String text = "torch:" + one.text().formatted("seed=" + seed);
          float[] theirs = Oracle.read(folder.resolve("draw" + asked++));
          assertThat(Oracle.differences(draw(text, shape), theirs, one.ulps(), one.absolute()))
              .as("%s of shape %s", text, shape)
              .isEmpty();
        }
      }
    }
    assertThat(CASES.stream().map(c -> Named.row("torch:" + c.text().formatted("seed=1"))))
        .as("every row has a case")
        .containsAll(Named.rows().stream().filter(row -> row.name().startsWith("torch:")).toList());
  }

  /** The shapes that a row takes. */
  private static List<String> shapes(Case one, String seed) {
    Row row = Named.row("torch:" + one.text().formatted("seed=" + seed));
    return SHAPES.stream().filter(s -> row.shapes().allows(Site.of(shape(s)))).toList();
  }

  private static WeightShape shape(String lengths) {
    return Layout.OUT_IN_KERNEL.shape(
        Arrays.stream(lengths.split(",")).mapToLong(Long::parseLong).toArray());
  }

  /** The column of PyTorch in the table of fans, from the weights of its own modules. */
  @Test
  void theFansAreThoseOfPyTorchsModules(@TempDir Path folder) throws Exception {
    Optional<String> python = python();
    if (python.isEmpty()) {
      Oracle.missing("PyTorch", "On Debian: apt-get install python3-torch.");
    }
    Layer flat = Layer.flat(6, 12);
    Layer image = Layer.convolution(6, 12, 3L, 5L);
    Map<String, Optional<Fans>> modules = new LinkedHashMap<>();
    modules.put("nn.Linear(6,12).weight", fans(Kernel.DENSE, flat));
    modules.put("nn.Conv2d(6,12,(3,5),stride=2).weight", fans(Kernel.CONVOLUTION, image.stride(2)));
    modules.put("nn.Conv1d(6,12,5).weight", fans(Kernel.CONVOLUTION, Layer.convolution(6, 12, 5L)));
    modules.put(
        "nn.Conv2d(6,12,(3,5),groups=3).weight", fans(Kernel.GROUPED_CONVOLUTION, image.groups(3)));
    modules.put(
        "nn.Conv2d(6,12,(3,5),groups=6).weight",
        fans(Kernel.DEPTHWISE_CONVOLUTION, image.groups(6)));
    modules.put("nn.Conv2d(6,12,1).weight", fans(Kernel.SEPARABLE_POINTWISE, flat));
    modules.put(
        "nn.ConvTranspose2d(6,12,(3,5)).weight", fans(Kernel.TRANSPOSED_CONVOLUTION, image));
    modules.put("nn.Embedding(6,12).weight", fans(Kernel.EMBEDDING, flat));
    modules.put("nn.LSTM(6,12).weight_ih_l0", fans(Kernel.LSTM, flat));
    modules.put("nn.LSTM(6,12).weight_hh_l0", fans(Kernel.LSTM_RECURRENT, flat));
    modules.put("nn.GRU(6,12).weight_ih_l0", fans(Kernel.GRU, flat));
    modules.put("nn.GRU(6,12).weight_hh_l0", fans(Kernel.GRU_RECURRENT, flat));
    modules.put("nn.RNN(6,12).weight_ih_l0", fans(Kernel.SIMPLE_RECURRENT, flat));
    modules.put("nn.RNN(6,12).weight_hh_l0", fans(Kernel.SIMPLE_RECURRENT_RECURRENT, flat));
    modules.put(
        "nn.MultiheadAttention(12,4).in_proj_weight",
        fans(Kernel.ATTENTION_QUERY, Layer.flat(12, 12)));

    List<String> lines = new ArrayList<>();
    for (String module : modules.keySet()) {
      lines.add("0 2 " + folder.resolve("fans" + lines.size()) + " fans(w, " + module + ")");
    }
    Oracle.ask(List.of(python.get(), PROGRAM.toString()), lines, folder);
    int asked = 0;
    for (Map.Entry<String, Optional<Fans>> module : modules.entrySet()) {
      float[] theirs = Oracle.read(folder.resolve("fans" + asked++));
      assertThat(module.getValue()).as(module.getKey()).contains(new Fans(theirs[0], theirs[1]));
    }
  }

  private static Optional<Fans> fans(Kernel kernel, Layer layer) {
    return kernel.fans(layer, Convention.PYTORCH);
  }

  private static float[] draw(String text, String shape) {
    WeightShape weights = shape(shape);
    Weights drawn = Named.initializer(text).draw(Site.of(weights), Key.of(1));
    return Layout.OUT_IN_KERNEL.values(weights, drawn);
  }

  /** A Python with PyTorch: Debian's, or the one on the path. */
  static Optional<String> python() throws IOException {
    return Stream.of("/usr/bin/python3", "python3")
        .filter(python -> Oracle.works(List.of(python, "-c", "import torch, numpy")))
        .findFirst();
  }
}
