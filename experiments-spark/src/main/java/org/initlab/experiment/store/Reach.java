package org.initlab.experiment.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.UserGroupInformation;
import org.initlab.init.named.Nearest;

/**
 * Whether a file system answers, asked once before any work. Hadoop's own retries may take a
 * quarter of an hour, and while trials run that is welcome; a command that begins waits for {@value
 * #SECONDS} seconds.
 */
final class Reach {

  static final int SECONDS = 25;

  private Reach() {}

  /** Asks whether the folder is there; whether it is does not matter. */
  static void require(Place place, Folder folder) throws UnreachableException {
    ask(
        place,
        folder,
        () -> {
          FileSystem files = folder.fileSystem();
          Commit.of(folder.uri().getScheme(), folder.hadoop());
          try {
            return files.getFileStatus(new Path(folder.uri()));
          } catch (FileNotFoundException none) {
            return null;
          }
        });
  }

  /** Asks the nearest folder that is there whether this user may write. */
  static void requireWritable(Place place, Folder folder) throws UnreachableException {
    ask(
        place,
        folder,
        () -> {
          FileSystem files = folder.fileSystem();
          Path there = new Path(folder.uri());
          while (there.getParent() != null && !files.exists(there)) {
            there = there.getParent();
          }
          files.access(there, FsAction.WRITE_EXECUTE);
          return null;
        });
  }

  private static void ask(Place place, Folder folder, java.util.concurrent.Callable<?> question)
      throws UnreachableException {
    FutureTask<Object> answer = new FutureTask<>(question::call);
    Thread asking = new Thread(answer, "ask " + folder.uri().getScheme());
    asking.setDaemon(true);
    asking.start();
    try {
      answer.get(SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      asking.interrupt();
      throw new UnreachableException(
          "cannot reach "
              + place
              + ": "
              + server(folder)
              + " did not answer in "
              + SECONDS
              + " s. Is it up, and are host and port right?",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableException("interrupted while asking for " + place, e);
    } catch (ExecutionException e) {
      throw new UnreachableException(why(place, folder, e.getCause()), e.getCause());
    }
  }

  private static String why(Place place, Folder folder, Throwable e) {
    String scheme = folder.uri().getScheme();
    if (e instanceof UnsupportedFileSystemException) {
      Set<String> known = new TreeSet<>(Commit.schemes());
      return known.contains(scheme)
          ? "cannot open " + place + ": " + connector(scheme)
          : "cannot open " + place + ": " + Nearest.unknown("scheme", scheme, known);
    }
    if (missingClass(e)) {
      return "cannot open " + place + ": " + connector(scheme);
    }
    if (ofCredentials(e)) {
      return "cannot use "
          + place
          + ", since there are no credentials for it. Hadoop takes them from core-site.xml in"
          + " HADOOP_CONF_DIR, from spark.hadoop.* in the cluster's file, or from a provider"
          + " ("
          + line(e)
          + ")";
    }
    if (e instanceof AccessControlException) {
      return "cannot use " + place + " as the user " + user() + ": " + line(e);
    }
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    if (e instanceof IOException && deepest == e && e.getMessage() != null) {
      return "cannot use " + place + ": " + line(e);
    }
    return "cannot reach "
        + place
        + ": asked "
        + server(folder)
        + ", which gave "
        + deepest.getClass().getSimpleName()
        + (deepest.getMessage() == null ? "" : " (" + line(deepest) + ")")
        + ". Is it up, and are host and port right?";
  }

  private static boolean ofCredentials(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT).contains("credentials")) {
        return true;
      }
    }
    return false;
  }

  private static boolean missingClass(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof ClassNotFoundException || t instanceof NoClassDefFoundError) {
        return true;
      }
    }
    return false;
  }

  private static String connector(String scheme) {
    return "the file system "
        + scheme
        + " is not on the class path. It comes as a jar of its own"
        + (scheme.equals("s3a") ? " (hadoop-aws, with the AWS SDK that it names)" : "")
        + ", in the version of Hadoop "
        + org.apache.hadoop.util.VersionInfo.getVersion()
        + "; put it into dist/jars, or into SPARK_HOME/jars.";
  }

  private static String server(Folder folder) {
    String authority = folder.uri().getAuthority();
    return authority == null
        ? "the file system of fs.defaultFS (" + FileSystem.getDefaultUri(folder.hadoop()) + ")"
        : authority;
  }

  private static String user() {
    try {
      return UserGroupInformation.getCurrentUser().getShortUserName();
    } catch (IOException e) {
      return System.getProperty("user.name");
    }
  }

  private static String line(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
  }
}
