package org.initlab.init.simulate;

import java.util.ArrayList;
import java.util.List;
import org.initlab.init.Activation;
import org.initlab.init.Role;
import org.initlab.init.Site;
import org.initlab.init.WeightShape;
import org.initlab.init.model.Drawn;
import org.initlab.init.random.Key;

/**
 * Rows of a table for words that are drawn: a table of as many words as are needed, at most all of
 * them. No gradient goes through it.
 */
final class LookupStep implements Step {

  private final String name;
  private final Drawn table;
  private final int rows;
  private final int width;
  private int[] sizes = {};

  LookupStep(String name, Drawn table, int batch, List<Long> out) {
    this.name = name;
    this.table = table;
    this.width = (int) table.stored().out();
    this.rows = Math.multiplyExact(batch, Taps.size(out) / width);
  }

  @Override
  public float[] forward(List<float[]> inputs, Key key) {
    sizes = inputs.stream().mapToInt(x -> x.length).toArray();
    int words = (int) Math.min(table.stored().in(), rows);
    WeightShape shape = WeightShape.dense(words, width);
    Site site = new Site(name, shape, Role.HIDDEN, Activation.IDENTITY, 1, 1);
    float[] values = table.source().draw(site, key.at("table")).values();
    float[] y = new float[rows * width];
    for (int r = 0; r < rows; r++) {
      int word = key.at("words").below(r, words);
      System.arraycopy(values, word * width, y, r * width, width);
    }
    return y;
  }

  @Override
  public List<float[]> backward(float[] gradient) {
    List<float[]> none = new ArrayList<>();
    for (int n : sizes) {
      none.add(new float[n]);
    }
    return none;
  }
}
