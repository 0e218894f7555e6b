package org.initlab.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A question with its grid: what to vary, what to measure, what is claimed and what is drawn.
 *
 * @param name the folder's name, with {@code -SCALE} where a scale was chosen
 * @param question what the study asks, one sentence
 * @param paper where the claims come from, if from a paper
 * @param seed root of every random stream
 * @param repeats trials a cell, each with its own streams
 * @param grid the cells
 * @param measure what to measure and when
 * @param select what is chosen on validation examples, if anything is
 * @param claims sentences to check
 * @param figures pictures to draw
 */
public record Study(
    String name,
    String question,
    Optional<Paper> paper,
    long seed,
    int repeats,
    Grid grid,
    Measure measure,
    Optional<Select> select,
    List<Claim> claims,
    List<Figure> figures) {

  /** A citation. */
  public record Paper(String cite, String title, String link) {}

  /**
   * A sentence of a paper and the SQL that checks it: one row with {@code measured}, {@code
   * reference} and {@code holds}.
   */
  public record Claim(String id, String source, String says, String sql) {}

  /** A SQL query and the Vega-Lite specification (JSON, without data) that draws its rows. */
  public record Figure(String id, String title, String says, String sql, String vegaLite) {}

  public Study {
    claims = List.copyOf(claims);
    figures = List.copyOf(figures);
  }

  /** A study that chooses nothing. */
  public Study(
      String name,
      String question,
      Optional<Paper> paper,
      long seed,
      int repeats,
      Grid grid,
      Measure measure,
      List<Claim> claims,
      List<Figure> figures) {
    this(name, question, paper, seed, repeats, grid, measure, Optional.empty(), claims, figures);
  }

  /** The same question of another name, to these cells. */
  public Study with(String name, Grid grid, Measure measure) {
    return new Study(name, question, paper, seed, repeats, grid, measure, select, claims, figures);
  }

  /** Every trial: cells in the order of the axes, repeats innermost; made when asked for. */
  public List<Trial> trials() {
    return GridTrials.of(this);
  }

  /** The trials that are not in {@code done}. */
  public List<Trial> trialsWithout(Set<TrialId> done) {
    GridTrials all = GridTrials.of(this);
    return done.isEmpty() ? all : all.where(i -> !done.contains(all.get(i).id()));
  }

  /**
   * What may not change in a run folder, by name: everything that enters a trial but the values on
   * the axes and the number of repeats, which may grow.
   */
  public Map<String, String> meaning() {
    Map<String, String> meaning = new LinkedHashMap<>();
    meaning.put("name", name);
    meaning.put("seed", Long.toString(seed));
    grid.fixed()
        .forEach(
            (k, v) -> {
              if (Argument.of(k).map(argument -> argument.identifies(v)).orElse(true)) {
                meaning.put("fixed." + k, v);
              }
            });
    meaning.put("axes", grid.axes().stream().map(Axis::name).sorted().toList().toString());
    meaning.put("measure", measure.canonical());
    return meaning;
  }

  /** Eight digits that change when the meaning does. */
  public String hash8() {
    return TrialId.ofText(meaning().toString()).brief();
  }

  /** The name of the study's run folder. */
  public String runName() {
    return name + "-" + hash8();
  }
}
