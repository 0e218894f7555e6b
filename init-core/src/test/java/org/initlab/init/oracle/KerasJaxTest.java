package org.initlab.init.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.initlab.init.Fans;
import org.initlab.init.Layout;
import org.initlab.init.Site;
import org.initlab.init.WeightShape;
import org.initlab.init.layer.Convention;
import org.initlab.init.layer.Kernel;
import org.initlab.init.layer.Layer;
import org.initlab.init.named.Named;
import org.initlab.init.named.Row;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fans of Keras and Flax, and every row {@code jax:...}, against the real packages. */
@Tag("slow")
class KerasJaxTest {

  private static final Layer FLAT = Layer.flat(6, 12);
  private static final Layer IMAGE = Layer.convolution(6, 12, 3L, 5L);
  private static final Layer LINE = Layer.convolution(6, 12, 5L);
  private static final Layer SOLID = Layer.convolution(6, 12, 3L, 5L, 2L);

  /** The column of Keras: each of its layers is built, and its compute_fans asked. */
  @Test
  void theFansAreThoseOfKerassLayers(@TempDir Path folder) throws Exception {
    Map<String, List<Optional<Fans>>> layers = new LinkedHashMap<>();
    String image = ", (None, 20, 20, 6)";
    String series = ", recurrent_initializer='glorot_uniform'), (None, 9, 6)";
    Convention keras = Convention.KERAS;
    layers.put("Dense(12), (None, 6)", fans(keras, Kernel.DENSE, FLAT));
    layers.put(
        "Conv2D(12, (3, 5), strides=2)" + image, fans(keras, Kernel.CONVOLUTION, IMAGE.stride(2)));
    layers.put("Conv1D(12, 5), (None, 20, 6)", fans(keras, Kernel.CONVOLUTION, LINE));
    layers.put("Conv3D(12, (3, 5, 2)), (None, 9, 9, 9, 6)", fans(keras, Kernel.CONVOLUTION, SOLID));
    layers.put(
        "Conv2D(12, (3, 5), groups=3)" + image,
        fans(keras, Kernel.GROUPED_CONVOLUTION, IMAGE.groups(3)));
    layers.put(
        "DepthwiseConv2D((3, 5), depth_multiplier=2)" + image,
        fans(keras, Kernel.DEPTHWISE_CONVOLUTION, IMAGE.groups(6)));
    layers.put(
        "SeparableConv2D(7, (3, 5), depth_multiplier=2)" + image,
        List.of(
            Kernel.DEPTHWISE_CONVOLUTION.fans(IMAGE.groups(6), keras),
            Kernel.SEPARABLE_POINTWISE.fans(Layer.flat(12, 7), keras)));
    layers.put(
        "Conv2DTranspose(12, (3, 5))" + image, fans(keras, Kernel.TRANSPOSED_CONVOLUTION, IMAGE));
    layers.put(
        "Embedding(6, 12, embeddings_initializer='glorot_uniform')",
        fans(keras, Kernel.EMBEDDING, FLAT));
    layers.put(
        "LSTM(12" + series,
        List.of(Kernel.LSTM.fans(FLAT, keras), Kernel.LSTM_RECURRENT.fans(FLAT, keras)));
    layers.put(
        "GRU(12" + series,
        List.of(Kernel.GRU.fans(FLAT, keras), Kernel.GRU_RECURRENT.fans(FLAT, keras)));
    layers.put(
        "SimpleRNN(12" + series,
        List.of(
            Kernel.SIMPLE_RECURRENT.fans(FLAT, keras),
            Kernel.SIMPLE_RECURRENT_RECURRENT.fans(FLAT, keras)));
    // Two heads of six features: the kernel of the heads has another shape, and the same fans.
    layers.put(
        "MultiHeadAttention(2, 6, output_shape=6), (None, 5, 6), (None, 5, 6)",
        List.of(
            Kernel.ATTENTION_QUERY.fans(FLAT, keras), Kernel.DENSE.fans(Layer.flat(12, 6), keras)));
    compare(PythonPackage.KERAS, "keras_fans(keras.layers.", layers, folder);
  }

  /** The column of JAX: each layer of Flax is initialized, and JAX's variance_scaling asked. */
  @Test
  void theFansAreThoseOfFlaxsLayers(@TempDir Path folder) throws Exception {
    Map<String, List<Optional<Fans>>> layers = new LinkedHashMap<>();
    String image = ", (1, 20, 20, 6)";
    String series = "(12, recurrent_kernel_init=init.lecun_normal())), (1, 9, 6)";
    Convention jax = Convention.JAX;
    layers.put("Dense(12), (1, 6)", fans(jax, Kernel.DENSE, FLAT));
    layers.put(
        "Conv(12, (3, 5), strides=2)" + image, fans(jax, Kernel.CONVOLUTION, IMAGE.stride(2)));
    layers.put("Conv(12, (5,)), (1, 20, 6)", fans(jax, Kernel.CONVOLUTION, LINE));
    layers.put("Conv(12, (3, 5, 2)), (1, 9, 9, 9, 6)", fans(jax, Kernel.CONVOLUTION, SOLID));
    layers.put(
        "Conv(12, (3, 5), feature_group_count=3)" + image,
        fans(jax, Kernel.GROUPED_CONVOLUTION, IMAGE.groups(3)));
    layers.put(
        "Conv(12, (3, 5), feature_group_count=6)" + image,
        fans(jax, Kernel.DEPTHWISE_CONVOLUTION, IMAGE.groups(6)));
    layers.put("Conv(12, (1, 1))" + image, fans(jax, Kernel.SEPARABLE_POINTWISE, FLAT));
    layers.put(
        "ConvTranspose(12, (3, 5))" + image, fans(jax, Kernel.TRANSPOSED_CONVOLUTION, IMAGE));
    layers.put("Embed(6, 12), ids", fans(jax, Kernel.EMBEDDING, FLAT));
    layers.put(
        "RNN(nn.OptimizedLSTMCell" + series,
        List.of(Kernel.LSTM.fans(FLAT, jax), Kernel.LSTM_RECURRENT.fans(FLAT, jax)));
    layers.put(
        "RNN(nn.GRUCell" + series,
        List.of(Kernel.GRU.fans(FLAT, jax), Kernel.GRU_RECURRENT.fans(FLAT, jax)));
    layers.put(
        "RNN(nn.SimpleCell" + series,
        List.of(
            Kernel.SIMPLE_RECURRENT.fans(FLAT, jax),
            Kernel.SIMPLE_RECURRENT_RECURRENT.fans(FLAT, jax)));
    layers.put(
        "MultiHeadDotProductAttention(2, qkv_features=12), (1, 5, 6), (1, 5, 6)",
        List.of(Kernel.ATTENTION_QUERY.fans(FLAT, jax), Kernel.DENSE.fans(Layer.flat(12, 6), jax)));
    compare(PythonPackage.FLAX, "flax_fans(nn.", layers, folder);
  }

  private static List<Optional<Fans>> fans(Convention who, Kernel kernel, Layer layer) {
    return List.of(kernel.fans(layer, who));
  }

  private static void compare(
      PythonPackage framework, String call, Map<String, List<Optional<Fans>>> layers, Path folder)
      throws Exception {
    List<String> lines = new ArrayList<>();
    for (String layer : layers.keySet()) {
      lines.add(folder.resolve("fans" + lines.size()) + " " + call + layer + ")");
    }
    framework.ask(lines, folder);
    int asked = 0;
    for (Map.Entry<String, List<Optional<Fans>>> layer : layers.entrySet()) {
      float[] theirs = Oracle.read(folder.resolve("fans" + asked++));
      List<Optional<Fans>> fans = new ArrayList<>();
      for (int i = 0; i + 1 < theirs.length; i += 2) {
        fans.add(Optional.of(new Fans(theirs[i], theirs[i + 1])));
      }
      assertThat(layer.getValue()).as(layer.getKey()).isEqualTo(fans);
    }
  }

  /**
   * A row and JAX's call.
   *
   * @param ulps how far apart the numbers may be, in units in the last place
   * @param absolute or in absolute terms
   */
  private record Case(String text, String call, int ulps, double absolute) {}

  /**
   * Units between our normal numbers and JAX's. Where XLA compiles for an x86 processor with fused
   * multiply-add there is none; for another it may contract other sums.
   */
  private static final int NORMAL = 2;

  /**
   * Q of a square matrix of 1000 normals, whose condition of about 1000 magnifies what its entries
   * differ by, some 1e-7, in the last columns.
   */
  private static final double QR = 1e-4;

  private static final List<Case> CASES =
      List.of(
          new Case("glorot_uniform(%s)", "glorot_uniform()", 0, 0),
          new Case("glorot_normal(%s)", "glorot_normal()", NORMAL, 0),
          new Case("he_uniform(%s)", "he_uniform()", 0, 0),
          new Case("he_normal(%s)", "he_normal()", NORMAL, 0),
          new Case("lecun_uniform(%s)", "lecun_uniform()", 0, 0),
          new Case("lecun_normal(%s)", "lecun_normal()", NORMAL, 0),
          new Case(
              "variance_scaling(scale=3, mode=fan_geo_avg, distribution=normal, %s)",
              "variance_scaling(3, 'fan_geo_avg', 'normal')", NORMAL, 0),
          new Case("normal(stddev=0.3, %s)", "normal(0.3)", NORMAL, 0),
          new Case("truncated_normal(stddev=0.3, %s)", "truncated_normal(0.3)", NORMAL, 0),
          new Case("uniform(scale=0.3, %s)", "uniform(0.3)", 0, 0),
          new Case("orthogonal(scale=1.5, %s)", "orthogonal(1.5)", 0, QR),
          new Case("delta_orthogonal(scale=1.5, %s)", "delta_orthogonal(1.5)", 0, QR));

  private static final List<String> SEEDS = List.of("7", "123456789", "4294967295");

  private static final List<String> SHAPES =
      List.of("1,1", "7,13", "2,1,2,3,5", "1001,999", "1024,1024");

  @Test
  void everyRowIsThatOfJax(@TempDir Path folder) throws Exception {
    List<String> lines = new ArrayList<>();
    for (Case one : CASES) {
      for (String seed : SEEDS) {
        for (String shape : shapes(one)) {
          lines.add(
              "%s init.%s(key(%s), (%s))"
                  .formatted(folder.resolve("draw" + lines.size()), one.call(), seed, shape));
        }
      }
    }
    PythonPackage.JAX.ask(lines, folder);
    int asked = 0;
    for (Case one : CASES) {
      for (String seed : SEEDS) {
        for (String shape : shapes(one)) {
          String text = "jax:" + one.text().formatted("seed=" + seed);
          float[] theirs = Oracle.read(folder.resolve("draw" + asked++));
          float[] ours = Named.initializer(text).draw(Site.of(shape(shape)), Key.of(1)).values();
          assertThat(Oracle.differences(ours, theirs, one.ulps(), one.absolute()))
              .as("%s of shape %s", text, shape)
              .isEmpty();
        }
      }
    }
    assertThat(CASES.stream().map(c -> Named.row("jax:" + c.text().formatted("seed=1"))))
        .as("every row with a seed has a case")
        .containsAll(
            Named.rows().stream()
                .filter(row -> row.name().startsWith("jax:"))
                .filter(row -> row.parameters().stream().anyMatch(p -> p.name().equals("seed")))
                .toList());
  }

  /** The shapes that a row takes. */
  private static List<String> shapes(Case one) {
    Row row = Named.row("jax:" + one.text().formatted("seed=1"));
    return SHAPES.stream().filter(s -> row.shapes().allows(Site.of(shape(s)))).toList();
  }

  private static WeightShape shape(String lengths) {
    return Layout.KERNEL_IN_OUT.shape(
        Arrays.stream(lengths.split(",")).mapToLong(Long::parseLong).toArray());
  }
}
