package org.initlab.experiment;

import java.io.Serializable;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Trials of a grid, each made when it is asked for: a million of them take 4 MB, and travel to an
 * executor as their numbers and one grid.
 */
public final class GridTrials extends AbstractList<Trial> implements RandomAccess, Serializable {

  private static final long serialVersionUID = 1;

  private final String study;
  private final Grid grid;
  private final int repeats;
  private final long seed;
  private final Measure measure;

  /** Number of the cell among all that the axes make, times repeats, plus the repeat. */
  private final int[] numbers;

  private GridTrials(
      String study, Grid grid, int repeats, long seed, Measure measure, int[] numbers) {
    this.study = study;
    this.grid = grid;
    this.repeats = repeats;
    this.seed = seed;
    this.measure = measure;
    this.numbers = numbers;
  }

  /** Every trial of a study: cells in the order of the axes, repeats innermost. */
  static GridTrials of(Study study) {
    int[] numbers =
        study
            .grid()
            .numbers()
            .flatMap(
                cell ->
                    IntStream.range(0, study.repeats())
                        .map(
                            repeat ->
                                Math.addExact(Math.multiplyExact(cell, study.repeats()), repeat)))
            .toArray();
    return new GridTrials(
        study.name(), study.grid(), study.repeats(), study.seed(), study.measure(), numbers);
  }

  @Override
  public Trial get(int index) {
    int number = numbers[index];
    Map<String, String> cell = grid.cell(number / repeats);
    return Trial.of(study, cell, number % repeats, seed, measure);
  }

  @Override
  public int size() {
    return numbers.length;
  }

  /** Those at the positions that {@code wanted} says, in this order. */
  GridTrials where(IntPredicate wanted) {
    return at(IntStream.range(0, size()).filter(wanted).toArray());
  }

  private GridTrials at(int[] positions) {
    int[] picked = IntStream.of(positions).map(position -> numbers[position]).toArray();
    return new GridTrials(study, grid, repeats, seed, measure, picked);
  }

  /** The trials of any list at these positions; of a grid's trials their numbers alone. */
  public static List<Trial> pick(List<Trial> trials, int[] positions) {
    return trials instanceof GridTrials of
        ? of.at(positions)
        : IntStream.of(positions).mapToObj(trials::get).toList();
  }
}
