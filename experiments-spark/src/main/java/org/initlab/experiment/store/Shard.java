package org.initlab.experiment.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;

/** One Parquet file: written whole, read whole. */
final class Shard {

  private Shard() {}

  static void write(Path file, Configuration hadoop, MessageType type, Stream<Group> rows)
      throws IOException {
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(HadoopOutputFile.fromPath(file, hadoop))
            .withConf(hadoop)
            .withType(type)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .build()) {
      for (Iterator<Group> each = rows.iterator(); each.hasNext(); ) {
        writer.write(each.next());
      }
    }
  }

  static <T> List<T> read(
      Path file, MessageType columns, FilterCompat.Filter filter, Function<Group, T> turn)
      throws IOException {
    Configuration hadoop = new Configuration(Folder.hadoop());
    hadoop.set(ReadSupport.PARQUET_READ_SCHEMA, columns.toString());
    List<T> rows = new ArrayList<>();
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), file)
            .withConf(hadoop)
            .withFilter(filter)
            .build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        rows.add(turn.apply(row));
      }
    } catch (IOException | RuntimeException e) {
      throw new IOException("Cannot read the shard " + file + ": " + e.getMessage(), e);
    }
    return rows;
  }
}
