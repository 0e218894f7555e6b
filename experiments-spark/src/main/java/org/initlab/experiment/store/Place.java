package org.initlab.experiment.store;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A folder as a user names it: a path on this machine, or a URI of any file system that Hadoop
 * knows. Nothing need be there.
 *
 * @param uri its URI, without a slash at its end unless it is the root
 */
public record Place(String uri) {

  private static final String URI_FORM = "[A-Za-z][A-Za-z0-9+.-]+:/.*";

  public Place {
    uri = uri.startsWith("file:") ? uri : uri.replaceFirst(":///+", ":/"); // the default host
    String path = URI.create(uri).getPath();
    if (path.isEmpty()) {
      uri += "/";
    }
    for (int end = path.length(); end > 1 && path.charAt(end - 1) == '/'; end--) {
      uri = uri.substring(0, uri.length() - 1);
    }
  }

  /**
   * What a command line says.
   *
   * @throws IllegalArgumentException with the reason, if it is no URI or carries a password; the
   *     message shows no password
   */
  public static Place of(String text) {
    if (!text.matches(URI_FORM)) {
      return of(Path.of(text));
    }
    URI uri;
    try {
      uri = new org.apache.hadoop.fs.Path(text).toUri();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(withoutUser(text) + " is not a URI.", e);
    }
    String user = uri.getRawUserInfo();
    String authority = uri.getRawAuthority();
    // A secret with a slash or a plus does not parse as user information.
    boolean secret =
        user != null && user.contains(":")
            || user == null && authority != null && authority.matches("[^@]*:[^@]*@.*")
            || text.matches("[^/]+://[^@:/]+:[^@]+@.*");
    if (secret) {
      throw new IllegalArgumentException(
          withoutUser(text)
              + " carries a password or a secret key, which would be kept in logs and shells."
              + " Give it to Hadoop's own providers (core-site.xml in HADOOP_CONF_DIR, a credential"
              + " provider, or the environment) and leave it out here.");
    }
    return "file".equals(uri.getScheme()) ? of(Path.of(uri.getPath())) : new Place(uri.toString());
  }

  /** A folder of this machine. */
  public static Place of(Path folder) {
    return new Place(folder.toAbsolutePath().normalize().toUri().toString());
  }

  private static String withoutUser(String text) {
    return text.replaceFirst("//.*@", "//...@");
  }

  /** What lies in it under this name. */
  public Place child(String name) {
    return local()
        .map(path -> of(path.resolve(name)))
        .orElseGet(() -> new Place(new org.apache.hadoop.fs.Path(path(), name).toUri().toString()));
  }

  /** Its last name. */
  public String name() {
    return path().getName();
  }

  /** What it lies in; nothing at the root. */
  public Optional<Place> parent() {
    return local().isPresent()
        ? local().map(Path::getParent).map(Place::of)
        : Optional.ofNullable(path().getParent()).map(p -> new Place(p.toUri().toString()));
  }

  /** Its path, if it is of this machine. */
  public Optional<Path> local() {
    URI it = URI.create(uri);
    return it.getScheme() == null || it.getScheme().equals("file")
        ? Optional.of(Path.of(it.getPath()))
        : Optional.empty();
  }

  /** As a person writes it, and as Spark reads it: no percent signs stand for other characters. */
  public String plain() {
    return path().toString();
  }

  /** Names of the folders in it, in their order. */
  public List<String> folders() throws IOException {
    return folder().folders();
  }

  /** Whether anything is there. */
  public boolean exists() throws IOException {
    Folder it = folder();
    return it.fileSystem().exists(path());
  }

  /** Whether a file is there that does not hide. */
  public boolean hasFiles() throws IOException {
    Folder it = folder();
    if (!it.fileSystem().exists(path())) {
      return false;
    }
    var files = it.fileSystem().listFiles(path(), true);
    while (files.hasNext()) {
      if (!files.next().getPath().getName().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Fails unless the file system answers within 25 seconds.
   *
   * @throws UnreachableException with what was tried and what to do
   */
  public Place reached() throws UnreachableException {
    if (local().isEmpty()) {
      Reach.require(this, folder());
    }
    return this;
  }

  /**
   * Fails unless files can be written here, as far as the file system tells beforehand.
   *
   * @throws UnreachableException with who may not write where
   */
  public void requireWritable() throws UnreachableException {
    Reach.requireWritable(this, folder());
  }

  private org.apache.hadoop.fs.Path path() {
    return new org.apache.hadoop.fs.Path(URI.create(uri));
  }

  Folder folder() {
    return new Folder(URI.create(uri), HadoopSettings.here());
  }

  /** The path, or the URI where it is of another machine. */
  @Override
  public String toString() {
    return local().map(Path::toString).orElseGet(this::plain);
  }
}
