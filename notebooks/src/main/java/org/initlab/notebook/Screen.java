package org.initlab.notebook;

import java.util.ServiceLoader;
import java.util.function.Consumer;

/** Where something is shown while a cell is still running. */
public interface Screen {

  /** Shows a value, and returns what replaces it by another. */
  Consumer<Shown> show(Shown first);

  /** Whether this process has such a screen. */
  boolean isThere();

  /** The notebook's; the terminal's where there is none. */
  static Screen here() {
    return ServiceLoader.load(Screen.class, Screen.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .filter(Screen::isThere)
        .findFirst()
        .orElseGet(Terminal::new);
  }

  /** Lines on the standard output. */
  final class Terminal implements Screen {

    @Override
    public Consumer<Shown> show(Shown first) {
      System.out.println(first.text());
      return next -> System.out.println(next.text());
    }

    @Override
    public boolean isThere() {
      return true;
    }
  }
}
