package org.initlab.experiment.store;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialResult;

/** The two tables: their columns, and how a result becomes rows of them. */
final class Columns {

  /** A row a trial; every argument is a column of its own kind. */
  static final MessageType TRIALS = trials();

  /** A row a number. */
  static final MessageType MEASUREMENTS =
      Types.buildMessage()
          .required(BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named("trial")
          .required(BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named("metric")
          .required(INT64)
          .named("step")
          .required(INT32)
          .named("layer")
          .required(INT32)
          .named("bin")
          .required(DOUBLE)
          .named("value")
          .named("measurements");

  /** What {@link org.initlab.experiment.ResultStore.Row} needs of a trial. */
  static final MessageType BRIEF =
      new MessageType(
          "trials",
          TRIALS.getType("id"),
          TRIALS.getType("outcome"),
          TRIALS.getType("error"),
          TRIALS.getType("seconds"),
          TRIALS.getType("finished_at"));

  private Columns() {}

  private static MessageType trials() {
    Types.MessageTypeBuilder table = Types.buildMessage();
    for (String name : new String[] {"id", "study"}) {
      table.required(BINARY).as(LogicalTypeAnnotation.stringType()).named(name);
    }
    table.required(INT32).named("repeat");
    table.required(INT64).named("seed");
    table.required(BINARY).as(LogicalTypeAnnotation.stringType()).named("outcome");
    table.optional(INT64).named("diverged_at");
    table.optional(BINARY).as(LogicalTypeAnnotation.stringType()).named("error");
    table.required(DOUBLE).named("seconds");
    table
        .required(INT64)
        .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
        .named("finished_at");
    table.required(BINARY).as(LogicalTypeAnnotation.stringType()).named("host");
    for (Argument argument : Argument.values()) {
      if (argument.kind() == Argument.Kind.TEXT) {
        table.optional(BINARY).as(LogicalTypeAnnotation.stringType()).named(argument.key());
      } else {
        table
            .optional(argument.kind() == Argument.Kind.INTEGER ? INT64 : DOUBLE)
            .named(argument.key());
      }
    }
    return table.named("trials");
  }

  /** The row of a trial in the table of trials. */
  static Group row(TrialResult result, Instant finishedAt, String host) {
    Trial trial = result.trial();
    Group row =
        new SimpleGroup(TRIALS)
            .append("id", trial.id().hex())
            .append("study", trial.study())
            .append("repeat", trial.repeat())
            .append("seed", trial.seed())
            .append("outcome", result.outcome().word())
            .append("seconds", result.seconds())
            .append("finished_at", ChronoUnit.MICROS.between(Instant.EPOCH, finishedAt))
            .append("host", host);
    if (result.outcome() instanceof Outcome.Diverged diverged) {
      row.add("diverged_at", diverged.step());
    }
    if (result.outcome() instanceof Outcome.Failed failed) {
      row.add("error", failed.error().strip().lines().findFirst().orElse(""));
    }
    trial.cell().forEach((name, value) -> add(row, name, value));
    return row;
  }

  private static void add(Group row, String name, String value) {
    Argument argument =
        Argument.of(name)
            .orElseThrow(
                () -> new IllegalArgumentException("No column for the argument " + name + "."));
    if (argument.kind() == Argument.Kind.TEXT) {
      row.add(name, value);
    } else if (argument.kind() == Argument.Kind.INTEGER) {
      row.add(name, Long.parseLong(value));
    } else {
      row.add(name, Double.parseDouble(value));
    }
  }

  /** The row of a number in the table of measurements. */
  static Group row(String trial, Measurement m) {
    return new SimpleGroup(MEASUREMENTS)
        .append("trial", trial)
        .append("metric", m.metric())
        .append("step", m.step())
        .append("layer", m.layer())
        .append("bin", m.bin())
        .append("value", m.value());
  }

  /** The number in a row of the table of measurements. */
  static Measurement measurement(Group row) {
    return new Measurement(
        row.getString("metric", 0),
        row.getLong("step", 0),
        row.getInteger("layer", 0),
        row.getInteger("bin", 0),
        row.getDouble("value", 0));
  }

  /** Text of a column that may be empty; null where it is. */
  static String text(Group row, String column) {
    return row.getFieldRepetitionCount(column) == 0 ? null : row.getString(column, 0);
  }

  /** The same row in a table that has all its columns, and maybe more. */
  static Group copy(Group row, MessageType table) {
    Group copy = new SimpleGroup(table);
    for (int column = 0; column < row.getType().getFieldCount(); column++) {
      if (row.getFieldRepetitionCount(column) == 0) {
        continue;
      }
      String name = row.getType().getFieldName(column);
      switch (row.getType().getType(column).asPrimitiveType().getPrimitiveTypeName()) {
        case INT32 -> copy.add(name, row.getInteger(column, 0));
        case INT64 -> copy.add(name, row.getLong(column, 0));
        case DOUBLE -> copy.add(name, row.getDouble(column, 0));
        case BINARY -> copy.add(name, row.getBinary(column, 0));
        default -> throw new IllegalArgumentException("No table has a column like " + name + ".");
      }
    }
    return copy;
  }
}
