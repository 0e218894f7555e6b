package org.initlab.experiment.grid;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.initlab.experiment.Measure;
import org.initlab.experiment.Select;
import org.initlab.experiment.Study;
import org.initlab.experiment.grid.StudyException.Problem;
import org.initlab.init.named.Nearest;
import org.yaml.snakeyaml.nodes.MappingNode;

/** Turns the nodes of a file into a study, its scales checked too, whichever is chosen. */
final class StudyReader {

  private static final List<String> KEYS =
      List.of(
          "name",
          "question",
          "paper",
          "seed",
          "repeats",
          "fixed",
          "axes",
          "except",
          "measure",
          "select",
          "claims",
          "figures",
          "scales");

  private final String file;
  private final String folder;
  private final Known known;

  /** Reads {@code file} in a folder of the name {@code folder}. */
  StudyReader(String file, String folder, Known known) {
    this.file = file;
    this.folder = folder;
    this.known = known;
  }

  /** The study of {@code text} at a scale. */
  Study read(String text, Optional<String> scale) throws StudyException {
    Problems problems = new Problems(file);
    Optional<MappingNode> top = Document.read(text, problems);
    problems.check();
    MappingNode node = top.orElseThrow();
    Optional<Study> plain = study(node, problems);
    Map<String, MappingNode> scales = Scales.of(node, problems);
    Optional<Study> chosen = scale.isEmpty() ? plain : Optional.empty();
    for (Map.Entry<String, MappingNode> entry : scales.entrySet()) {
      Problems own = new Problems(file);
      Optional<Study> scaled = study(Scales.over(node, entry.getValue()), own);
      problems.addNew(own, "at scale " + entry.getKey() + ", ");
      if (scale.filter(entry.getKey()::equals).isPresent()) {
        chosen = scaled.map(s -> s.with(s.name() + "-" + entry.getKey(), s.grid(), s.measure()));
      }
    }
    if (scale.isPresent() && !scales.containsKey(scale.get())) {
      problems.add(0, noScale(scale.get(), scales));
    }
    problems.check();
    return chosen.orElseThrow(
        () -> new StudyException(List.of(new Problem(file, 0, "this is no study."))));
  }

  private static String noScale(String scale, Map<String, MappingNode> scales) {
    return scales.isEmpty()
        ? "scale '" + scale + "' is not known: the study has no scales."
        : "scale '"
            + scale
            + "' is not known. Allowed: "
            + String.join(", ", scales.keySet())
            + "."
            + Nearest.maybe(scale, scales.keySet());
  }

  private Optional<Study> study(MappingNode top, Problems problems) {
    int before = problems.count();
    Fields fields = Fields.of("the study", top, KEYS, problems).orElseThrow();
    String name = name(fields, problems);
    String question = fields.requiredText("question", "one sentence").orElse("");
    PartsReader parts = new PartsReader(problems);
    Optional<Study.Paper> paper = parts.paper(fields);
    fields.require("seed", "20260101");
    String whole = "whole numbers of 64 bits.";
    long seed = number(fields, "seed", 0, whole, v -> v.bitLength() < 64, problems);
    String count = "whole numbers from 1 to 1000000.";
    long repeats =
        number(
            fields,
            "repeats",
            1,
            count,
            v -> v.signum() > 0 && v.bitLength() < 32 && v.intValue() <= 1_000_000,
            problems);
    Optional<Cells> cells = new GridReader(known, problems).read(fields);
    Optional<Measure> measure = new MeasureReader(known, problems).read(fields, cells);
    Optional<Select> select = new SelectReader(problems).read(fields, cells, measure);
    List<Study.Claim> claims = parts.claims(fields);
    List<Study.Figure> figures = parts.figures(fields);
    if (problems.count() > before || cells.isEmpty() || measure.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Study(
            name,
            question,
            paper,
            seed,
            (int) repeats,
            cells.get().grid(),
            measure.get(),
            select,
            claims,
            figures));
  }

  private String name(Fields fields, Problems problems) {
    String name = fields.text("name").orElse(folder);
    if (!PartsReader.NAME.matcher(name).matches()) {
      String message = "study name '" + name + "' is no name. Allowed: " + PartsReader.NAME_SAYS;
      fields
          .get("name")
          .ifPresentOrElse(
              n -> problems.add(n, message),
              () -> problems.add(0, message + " Rename the folder, or write name: NAME."));
    }
    return name;
  }

  private static long number(
      Fields fields,
      String key,
      long standard,
      String allowed,
      Predicate<java.math.BigInteger> holds,
      Problems problems) {
    Optional<BigDecimal> value =
        fields.get(key).flatMap(n -> Scalars.whole(key, n, allowed, problems));
    if (value.isPresent() && !holds.test(value.get().toBigInteger())) {
      problems.add(
          fields.get(key).orElseThrow(),
          key + " " + value.get() + " is out of range. Allowed: " + allowed);
      return standard;
    }
    return value.map(v -> v.toBigInteger().longValue()).orElse(standard);
  }
}
