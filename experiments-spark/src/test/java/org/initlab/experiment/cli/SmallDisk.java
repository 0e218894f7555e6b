package org.initlab.experiment.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A disk of few bytes, in this machine's memory: tmpfs of Linux. It needs root. */
record SmallDisk(Path folder) implements AutoCloseable {

  /** Why there can be none; empty if there can be one. */
  static String hindrance(Path scratch) throws IOException {
    try {
      mount(Files.createTempDirectory(scratch, "disk"), 1 << 20).close();
      return "";
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  static SmallDisk mount(Path folder, long bytes) throws IOException {
    call(List.of("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", folder.toString()));
    return new SmallDisk(folder);
  }

  /** Gives it another size; what it holds stays. */
  void resize(long bytes) throws IOException {
    call(List.of("mount", "-o", "remount,size=" + bytes, folder.toString()));
  }

  @Override
  public void close() throws IOException {
    call(List.of("umount", folder.toString()));
  }

  private static void call(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(said.strip());
    }
  }
}
