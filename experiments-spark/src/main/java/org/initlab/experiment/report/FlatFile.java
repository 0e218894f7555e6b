package org.initlab.experiment.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/** One file of a query's rows, however many there are: this process holds none of them. */
public enum FlatFile {

  /** A line of names, then a line a row; RFC 4180, UTF-8; nothing where there is no value. */
  CSV("csv"),

  /** Apache Parquet, compressed. */
  PARQUET("parquet");

  private final String suffix;

  FlatFile(String suffix) {
    this.suffix = suffix;
  }

  /** The end of the file's name, without a dot. */
  public String suffix() {
    return suffix;
  }

  /** Writes the rows in their order. */
  void write(Dataset<Row> rows, OutputStream out) throws IOException {
    Path here = Files.createTempDirectory("initlab-rows");
    try {
      Path folder = here.resolve("rows");
      rows.coalesce(1)
          .write()
          .mode(SaveMode.Overwrite)
          .option("header", true)
          .option("escape", "\"") // a quote in a quoted cell is doubled
          .option("timestampFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX")
          .format(suffix)
          .save(folder.toUri().toString());
      Files.copy(part(folder), out);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      WholeFolder.delete(here);
    }
  }

  private static Path part(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("part-"))
          .findFirst()
          .orElseThrow(() -> new IOException("Spark wrote no rows into " + folder));
    }
  }
}
