package org.initlab.experiment;

import java.io.Serializable;
import java.util.List;

/** One thing that a study varies: an argument's name and its values as canonical text. */
public record Axis(String name, List<String> values) implements Serializable {

  public Axis {
    values = List.copyOf(values);
  }
}
