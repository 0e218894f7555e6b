package org.initlab.experiment.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.schema.MessageType;

/** One Parquet file: written whole, read whole. */
final class Shard {

  /** Where rows go, one at a time. */
  @FunctionalInterface
  interface Sink {
    void accept(Group row) throws IOException;
  }

  /** Rows that are not all held at once. */
  @FunctionalInterface
  interface Rows {
    void sendTo(Sink sink) throws IOException;
  }

  private Shard() {}

  static void write(Path file, Configuration hadoop, MessageType type, Rows rows)
      throws IOException {
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(HadoopOutputFile.fromPath(file, hadoop))
            .withConf(hadoop)
            .withType(type)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .build()) {
      rows.sendTo(writer::write);
    }
  }

  static void write(Path file, Configuration hadoop, MessageType type, Stream<Group> rows)
      throws IOException {
    write(
        file,
        hadoop,
        type,
        (Sink sink) -> {
          for (Iterator<Group> each = rows.iterator(); each.hasNext(); ) {
            sink.accept(each.next());
          }
        });
  }

  static <T> List<T> read(
      Path file,
      Configuration hadoop,
      MessageType columns,
      FilterCompat.Filter filter,
      Function<Group, T> turn)
      throws IOException {
    List<T> rows = new ArrayList<>();
    stream(file, hadoop, columns, filter, row -> rows.add(turn.apply(row)));
    return rows;
  }

  /** Sends each row on. */
  static void stream(
      Path file, Configuration hadoop, MessageType columns, FilterCompat.Filter filter, Sink sink)
      throws IOException {
    Configuration reading = new Configuration(hadoop);
    reading.set(ReadSupport.PARQUET_READ_SCHEMA, columns.toString());
    try (ParquetReader<Group> reader =
        new Reading(HadoopInputFile.fromPath(file, reading)).withFilter(filter).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        sink.accept(row);
      }
    } catch (FileNotFoundException gone) {
      throw gone;
    } catch (IOException | RuntimeException e) {
      throw new IOException("Cannot read the shard " + file + ": " + e.getMessage(), e);
    }
  }

  /** The columns that a file has. */
  static MessageType columns(Path file, Configuration hadoop) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(file, hadoop),
            HadoopReadOptions.builder(hadoop, file).build())) {
      return reader.getFileMetaData().getSchema();
    }
  }

  /** Reads by the settings of its file: Parquet's own builder reads Hadoop's defaults each time. */
  private static final class Reading extends ParquetReader.Builder<Group> {

    Reading(InputFile file) {
      super(file);
    }

    @Override
    protected ReadSupport<Group> getReadSupport() {
      return new GroupReadSupport();
    }
  }
}
