package org.initlab.experiment.store;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The layout of a run folder: {@code study.yaml}, {@code provenance.json}, {@code trials/}, {@code
 * measurements/}, {@code logs/} and {@code report/}.
 *
 * @param uri the folder, on any file system that Hadoop knows
 */
public record RunFolder(String uri) {

  private static final String STUDY = "study.yaml";
  private static final String PROVENANCE = "provenance.json";

  public RunFolder {
    uri = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
  }

  /** A run folder on this machine. */
  public static RunFolder of(Path folder) {
    return new RunFolder(folder.toAbsolutePath().normalize().toUri().toString());
  }

  /** Makes the folder, with places for results. */
  public RunFolder create() throws IOException {
    for (String part : new String[] {"trials", "measurements", "logs"}) {
      part(part).create();
    }
    return this;
  }

  /** Whether this is one: it holds a study. */
  public boolean exists() throws IOException {
    return root().has(STUDY);
  }

  /** Where its results are kept. */
  public ParquetStore store() {
    return new ParquetStore(uri);
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

  /**
   * Removes what killed writers left half-written.
   *
   * @param start files touched since then may have a living writer and stay
   * @return how many files were removed
   */
  public int cleanLeftovers(Instant start) throws IOException {
    int removed = root().clean(start);
    for (String part : new String[] {"trials", "measurements", "logs"}) {
      removed += part(part).clean(start);
    }
    return removed;
  }

  private Folder root() {
    return new Folder(URI.create(uri));
  }

  Folder part(String name) {
    return new Folder(URI.create(uri + "/" + name));
  }
}
