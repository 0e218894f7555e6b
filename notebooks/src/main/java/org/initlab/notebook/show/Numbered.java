package org.initlab.notebook.show;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.initlab.notebook.Shown;
import org.initlab.notebook.Table;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Arrays of numbers: their shape, and a corner of them. */
final class Numbered {

  private static final int ROWS = 10;
  private static final int COLUMNS = 10;

  private Numbered() {}

  static Shown of(float[] values) {
    double[] doubles = new double[Math.min(values.length, ROWS * COLUMNS)];
    Arrays.setAll(doubles, i -> values[i]);
    return of("float[" + values.length + "]", doubles, values.length);
  }

  static Shown of(double[] values) {
    return of(
        "double[" + values.length + "]",
        Arrays.copyOf(values, Math.min(values.length, ROWS * COLUMNS)),
        values.length);
  }

  private static Shown of(String head, double[] first, int all) {
    List<List<Object>> rows = new ArrayList<>();
    for (int from = 0; from < first.length; from += COLUMNS) {
      List<Object> row = new ArrayList<>();
      for (int c = 0; c < COLUMNS; c++) {
        row.add(from + c < first.length ? first[from + c] : null);
      }
      rows.add(row);
    }
    return grid(head, COLUMNS, rows, all - first.length);
  }

  /** The last two axes at the start of the others. */
  static Shown of(INDArray array) {
    String head =
        String.format(
            Locale.ROOT,
            "INDArray %s of %s, %,d numbers",
            Arrays.toString(array.shape()),
            array.dataType(),
            array.length());
    if (array.isEmpty() || !array.dataType().isNumerical()) {
      return Shown.plain(head + "\n" + array, 2_000);
    }
    INDArray matrix = array;
    while (matrix.rank() > 2) {
      matrix = matrix.slice(0);
    }
    boolean flat = matrix.rank() < 2;
    int high = flat ? 1 : (int) Math.min(ROWS, matrix.size(0));
    int wide = (int) Math.min(COLUMNS, flat ? matrix.length() : matrix.size(1));
    List<List<Object>> rows = new ArrayList<>();
    for (int r = 0; r < high; r++) {
      List<Object> row = new ArrayList<>();
      for (int c = 0; c < wide; c++) {
        row.add(flat ? matrix.getDouble(c) : matrix.getDouble(r, c));
      }
      rows.add(row);
    }
    return grid(head, wide, rows, array.length() - (long) high * wide);
  }

  private static Shown grid(String head, int wide, List<List<Object>> rows, long left) {
    List<String> columns = new ArrayList<>();
    for (int c = 0; c < wide; c++) {
      columns.add(Integer.toString(c));
    }
    Shown table = new Table(columns, rows).all().shown();
    String rest =
        left <= 0 ? "" : String.format(Locale.ROOT, "%,d more numbers are not shown.", left);
    return Shown.of(
        "<p>" + head + "</p>" + table.html() + "<p><em>" + rest + "</em></p>",
        (head + "\n" + table.text() + "\n" + rest).strip());
  }
}
