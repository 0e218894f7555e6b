package org.initlab.experiment.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.List;
import org.initlab.experiment.Study;

/**
 * A report in brief for other programs: {@code report/summary.json}. Numbers of claims are text in
 * full precision, empty where there is none.
 *
 * @param study its name, with the scale
 * @param question what it asks
 * @param cite the paper, empty if the study is of none
 * @param title the paper's
 * @param link to it
 * @param planned trials
 * @param completed of those
 * @param diverged of those
 * @param failed of those
 * @param seconds of one core that the stored trials took
 * @param claims with their verdicts
 */
public record Digest(
    String study,
    String question,
    String cite,
    String title,
    String link,
    long planned,
    long completed,
    long diverged,
    long failed,
    double seconds,
    List<Line> claims) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** A claim and what came of it, as in the tables of claims. */
  public record Line(
      String id,
      String source,
      String says,
      String verdict,
      String measured,
      String reference,
      String low,
      String high,
      String n,
      String p,
      String note) {

    static Line of(Verdict v) {
      return new Line(
          v.claim().id(),
          v.claim().source(),
          v.claim().says(),
          v.word().says(),
          v.measured(),
          v.reference(),
          v.low(),
          v.high(),
          v.n(),
          v.p(),
          v.note());
    }
  }

  static Digest of(Study study, Summary summary, double seconds) {
    Study.Paper paper = study.paper().orElse(new Study.Paper("", "", ""));
    Summary.Counts counts = summary.counts();
    return new Digest(
        study.name(),
        study.question(),
        paper.cite(),
        paper.title(),
        paper.link(),
        counts.planned(),
        counts.completed(),
        counts.diverged(),
        counts.failed(),
        seconds,
        summary.verdicts().stream().map(Line::of).toList());
  }

  /** As JSON. */
  String json() {
    try {
      return JSON.writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A digest is always JSON.", e);
    }
  }

  /**
   * Back from JSON.
   *
   * @throws JsonProcessingException if it is none
   */
  static Digest read(String json) throws JsonProcessingException {
    return JSON.readValue(json, Digest.class);
  }
}
