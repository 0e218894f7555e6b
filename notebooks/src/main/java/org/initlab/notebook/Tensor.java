package org.initlab.notebook;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.initlab.init.Fans;
import org.initlab.init.WeightShape;
import org.initlab.init.Weights;

/**
 * Weights that were drawn, with what to ask of them.
 *
 * @param name what drew them
 * @param shape the units that they join
 * @param weights the numbers, row-major as Keras and JAX lay them out
 */
public record Tensor(String name, WeightShape shape, Weights weights) implements Shown.Self {

  private static final int ROWS = 6;
  private static final int COLUMNS = 8;
  private static final int BINS = 40;

  /** The numbers. */
  public float[] values() {
    return weights.values();
  }

  /** The numbers in double precision, for figures. */
  public double[] numbers() {
    double[] numbers = new double[values().length];
    Arrays.setAll(numbers, i -> values()[i]);
    return numbers;
  }

  /** Fan-in and fan-out: units times receptive field. */
  public Fans fans() {
    return shape.fans();
  }

  /** The mean of the numbers. */
  public double mean() {
    double sum = 0;
    for (float w : values()) {
      sum += w;
    }
    return sum / values().length;
  }

  /** The mean square distance from the mean. */
  public double variance() {
    double mean = mean();
    double sum = 0;
    for (float w : values()) {
      sum += (w - mean) * (w - mean);
    }
    return sum / values().length;
  }

  /** The root of the {@link #variance}. */
  public double deviation() {
    return Math.sqrt(variance());
  }

  /** The largest absolute value. */
  public double largest() {
    double largest = 0;
    for (float w : values()) {
      largest = Math.max(largest, Math.abs(w));
    }
    return largest;
  }

  /** The distribution of the numbers. */
  public Figure histogram() {
    return Figures.histogram(name + " " + lengths(), values(), BINS);
  }

  /** x W for a batch of rows; of a dense layer's kernel. */
  public float[][] apply(float[][] x) {
    int in = (int) shape.in();
    int out = (int) shape.out();
    if (!shape.kernel().isEmpty() || x.length > 0 && x[0].length != in) {
      throw new IllegalArgumentException(
          "A kernel %s takes rows of %d numbers of a dense layer.".formatted(lengths(), in));
    }
    float[][] y = new float[x.length][out];
    for (int r = 0; r < x.length; r++) {
      for (int i = 0; i < in; i++) {
        for (int j = 0; j < out; j++) {
          y[r][j] += x[r][i] * values()[i * out + j];
        }
      }
    }
    return y;
  }

  private String lengths() {
    return Arrays.toString(weights.shape());
  }

  @Override
  public Shown shown() {
    int wide = (int) weights.shape()[weights.shape().length - 1];
    int high = values().length / wide;
    List<List<Object>> rows = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    for (int c = 0; c < Math.min(COLUMNS, wide); c++) {
      columns.add(Integer.toString(c));
    }
    for (int r = 0; r < Math.min(ROWS, high); r++) {
      List<Object> row = new ArrayList<>();
      for (int c = 0; c < columns.size(); c++) {
        row.add(values()[r * wide + c]);
      }
      rows.add(row);
    }
    Shown corner = new Table(columns, rows).shown();
    int left = values().length - columns.size() * rows.size();
    String head =
        String.format(
            Locale.ROOT,
            "%s %s: fan-in %s, fan-out %s; mean %s, deviation %s, largest %s",
            name,
            lengths(),
            Numbers.brief(fans().in()),
            Numbers.brief(fans().out()),
            Numbers.brief(mean()),
            Numbers.brief(deviation()),
            Numbers.brief(largest()));
    String rest =
        left == 0 ? "" : String.format(Locale.ROOT, "%,d more numbers are not shown.", left);
    return Shown.of(
        "<p>" + Shown.escaped(head) + "</p>" + corner.html() + "<p><em>" + rest + "</em></p>",
        head + "\n" + corner.text() + "\n" + rest);
  }
}
