package org.initlab.init.model;

/** How a kernel joins the numbers that come in to those that go out. */
public sealed interface Connection {

  /** Every unit of the last axis to every unit. */
  record Dense() implements Connection {}

  /** The same weights at every place, in blocks of channels that do not see each other. */
  record Convolution(Window window, long groups) implements Connection {}

  /** Each channel by itself. */
  record Depthwise(Window window) implements Connection {}

  /** A convolution's way back; its window slides over the output. */
  record Transposed(Window window) implements Connection {}
}
