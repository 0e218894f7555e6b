package org.initlab.init.model;

/** A file that is no model that can be read; the message says where it is amiss and what lacks. */
public final class ModelFileException extends Exception {

  private static final long serialVersionUID = 1;

  /** The exception with this sentence. */
  public ModelFileException(String message) {
    super(message);
  }

  /** That a text is not JSON, from this line on. */
  public static ModelFileException notJson(int line, String why) {
    return new ModelFileException("line " + line + ": not JSON, or cut off: " + why);
  }
}
