package org.initlab.experiment;

import java.util.List;

/** One thing that a study varies: an argument's name and its values as canonical text. */
public record Axis(String name, List<String> values) {

  public Axis {
    values = List.copyOf(values);
  }
}
