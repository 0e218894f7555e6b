package org.initlab.experiment.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The layout of a run folder: {@code study.yaml}, {@code provenance.json}, {@code trials/}, {@code
 * measurements/}, {@code logs/} and {@code report/}; {@code progress.json} while and after it runs,
 * and {@code manifest.parquet} where there are many shards.
 *
 * @param uri the folder, on any file system that Hadoop knows
 * @param settings what this run says of file systems
 */
public record RunFolder(String uri, HadoopSettings settings) implements Serializable {

  private static final String STUDY = "study.yaml";
  private static final String PROVENANCE = "provenance.json";
  private static final String PROGRESS = "progress.json";
  private static final String SUMMARY = "summary.txt";
  private static final List<String> PARTS = List.of("trials", "measurements", "logs");

  public RunFolder {
    uri = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
  }

  /** A run folder as this process reaches it. */
  public RunFolder(String uri) {
    this(uri, HadoopSettings.here());
  }

  /** A run folder on this machine. */
  public static RunFolder of(Path folder) {
    return of(Place.of(folder));
  }

  /** A run folder anywhere. */
  public static RunFolder of(Place place) {
    return new RunFolder(place.uri());
  }

  /** Where it is. */
  public Place place() {
    return new Place(uri);
  }

  /** Makes the folder, with places for results. */
  public RunFolder create() throws IOException {
    for (String part : PARTS) {
      part(part).create();
    }
    return this;
  }

  /** Whether this is one: it holds a study. */
  public boolean exists() throws IOException {
    return root().has(STUDY);
  }

  /** When its study was last written. */
  public Instant modified() throws IOException {
    Folder root = root();
    return Instant.ofEpochMilli(
        root.fileSystem().getFileStatus(root.path(STUDY)).getModificationTime());
  }

  /** Where its results are kept. */
  public ParquetStore store() {
    return new ParquetStore(uri, settings);
  }

  /** Keeps the study as resolved. */
  public void writeStudy(String yaml) throws IOException {
    root().writeText(STUDY, yaml);
  }

  public String readStudy() throws IOException {
    return root().readText(STUDY);
  }

  /** Keeps where the numbers come from. */
  public void writeProvenance(String json) throws IOException {
    root().writeText(PROVENANCE, json);
  }

  public String readProvenance() throws IOException {
    return root().readText(PROVENANCE);
  }

  /** Keeps how the run gets on, for whoever asks from another machine. */
  public void writeProgress(String json) throws IOException {
    root().writeText(PROGRESS, json);
  }

  /** How the run got on when it last said so. */
  public Optional<String> readProgress() throws IOException {
    return root().text(PROGRESS);
  }

  /** Keeps what the terminal says of the report. */
  public void writeSummary(String text) throws IOException {
    root().writeText(SUMMARY, text);
  }

  public Optional<String> readSummary() throws IOException {
    return root().text(SUMMARY);
  }

  /** From here on the report is that of an older study. */
  public void deleteSummary() throws IOException {
    root().delete(SUMMARY);
  }

  /** The text of a file of the report; nothing if there is none. */
  public Optional<String> readReport(String file) throws IOException {
    return part("report").text(file);
  }

  /**
   * Copies a report from this machine, its page last. A reader may meet new figures beside the old
   * page for a moment.
   */
  public void putReport(Path report) throws IOException {
    new ReportCopy(part("report")).replaceBy(report);
  }

  /**
   * Removes what killed writers left half-written.
   *
   * @param start files touched since then may have a living writer and stay
   * @return how many files were removed
   */
  public int cleanLeftovers(Instant start) throws IOException {
    int removed = root().clean(start);
    for (String part : PARTS) {
      removed += part(part).clean(start);
    }
    return removed;
  }

  /** Bytes of all its files. */
  public long size() throws IOException {
    Folder root = root();
    try {
      return root.fileSystem().getContentSummary(root.path(".")).getLength();
    } catch (FileNotFoundException none) {
      return 0;
    }
  }

  Folder root() {
    return new Folder(URI.create(uri), settings);
  }

  Folder part(String name) {
    return new Folder(URI.create(uri + "/" + name), settings);
  }
}
