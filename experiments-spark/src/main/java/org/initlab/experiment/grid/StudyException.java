package org.initlab.experiment.grid;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A file is no study. Holds every problem found, so that one reading mends them all. */
public final class StudyException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * One thing that is wrong.
   *
   * @param file the file, as the user named it
   * @param line the line from 1; 0 where the file as a whole is meant
   * @param message the value, what is allowed and, where one is near, what was perhaps meant
   */
  public record Problem(String file, int line, String message) implements Serializable {

    @Override
    public String toString() {
      return file + (line > 0 ? ":" + line : "") + ": " + message;
    }
  }

  private final ArrayList<Problem> problems;

  /** Says all of {@code problems}, one block each. */
  public StudyException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = new ArrayList<>(problems);
  }

  /** What is wrong, by line. */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }
}
