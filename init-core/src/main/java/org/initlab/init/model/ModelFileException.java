package org.initlab.init.model;

import com.fasterxml.jackson.core.JsonProcessingException;

/** A file that is no model that can be read; the message says where it is amiss and what lacks. */
public final class ModelFileException extends Exception {

  private static final long serialVersionUID = 1;

  /** The exception with this sentence. */
  public ModelFileException(String message) {
    super(message);
  }

  /** That a text is not JSON, from some place on. */
  public static ModelFileException notJson(JsonProcessingException e) {
    int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
    int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
    return new ModelFileException(
        "line %d, column %d: not JSON, or cut off: %s"
            .formatted(line, column, e.getOriginalMessage()));
  }
}
