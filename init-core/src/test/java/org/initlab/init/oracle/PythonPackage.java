package org.initlab.init.oracle;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A framework of Python that the oracle runs, each of which a machine may lack. */
enum PythonPackage {
  /** On its JAX backend. */
  KERAS("Keras", "import os; os.environ['KERAS_BACKEND'] = 'jax'; import keras"),
  JAX("JAX", "import jax"),
  FLAX("Flax", "import flax.linen");

  private static final Path PROGRAM = Path.of("src/test/oracle/keras_jax.py");

  private final String title;
  private final String imports;
  private Optional<String> python;

  PythonPackage(String title, String imports) {
    this.title = title;
    this.imports = imports;
  }

  /**
   * Evaluates lines of a file and an expression of Python; gives the packages' versions. Where the
   * package is missing the test is aborted, aloud.
   */
  Map<String, String> ask(List<String> lines, Path folder) throws Exception {
    if (python().isEmpty()) {
      Oracle.missing(
          title,
          "python3 -m venv V && V/bin/pip install keras jax flax; export INITLAB_PYTHON=V/bin/python.");
    }
    return Oracle.ask(List.of(python().get(), PROGRAM.toString()), lines, folder);
  }

  /** A Python with the package: that of INITLAB_PYTHON, or the one on the path. */
  private synchronized Optional<String> python() {
    if (python == null) {
      python =
          Stream.of(System.getenv().getOrDefault("INITLAB_PYTHON", "python3"), "python3")
              .filter(one -> Oracle.works(List.of(one, "-c", imports)))
              .findFirst();
    }
    return python;
  }
}
