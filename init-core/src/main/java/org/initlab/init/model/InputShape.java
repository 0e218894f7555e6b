package org.initlab.init.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The shape of an example, as a user gives it for lengths that a file leaves open. */
public final class InputShape {

  private static final Pattern WRITTEN = Pattern.compile("[1-9][0-9]{0,8}(,[1-9][0-9]{0,8}){0,5}");

  private InputShape() {}

  /**
   * Lengths like 28,28,1: those of space, and then the channels.
   *
   * @throws IllegalArgumentException if it is written otherwise
   */
  public static List<Long> of(String text) {
    String plain = text.replaceAll("\\s", "");
    if (!WRITTEN.matcher(plain).matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' must be whole numbers from 1 with commas between, like 28,28,1.");
    }
    List<Long> lengths = new ArrayList<>();
    for (String length : plain.split(",")) {
      lengths.add(Long.parseLong(length));
    }
    return lengths;
  }

  /**
   * What a file says, with its open lengths filled.
   *
   * @param place who takes this shape, for the complaint
   * @throws ModelFileException if the two contradict each other
   */
  public static List<Long> merged(String place, List<Long> file, List<Long> given)
      throws ModelFileException {
    if (given.isEmpty()) {
      return file;
    }
    boolean fits = file.size() == given.size();
    for (int i = 0; fits && i < file.size(); i++) {
      fits = file.get(i) < 0 || file.get(i).equals(given.get(i));
    }
    if (!fits) {
      throw new ModelFileException(
          "%s: the file has the input shape %s, which %s does not fit; only lengths that are open (-1) can be given."
              .formatted(place, file, given));
    }
    return given;
  }
}
