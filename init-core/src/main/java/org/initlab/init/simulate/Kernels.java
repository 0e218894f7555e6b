package org.initlab.init.simulate;

import java.util.List;
import org.initlab.init.model.Connection;
import org.initlab.init.model.Drawn;
import org.initlab.init.model.Sizes;
import org.initlab.init.model.Window;

/**
 * One kernel at work between two shapes with the channels last.
 *
 * @param drawn the kernel
 * @param batch examples
 * @param taps where its window looks; for a transposed convolution, from the input at the output
 */
record Kernels(Drawn drawn, int batch, Taps taps) {

  /**
   * The kernel between these shapes.
   *
   * @param in numbers of an example that comes in, and of one that goes out
   */
  static Kernels of(Drawn drawn, int batch, List<Long> in, List<Long> out) {
    Connection connection = drawn.connection();
    if (connection instanceof Connection.Convolution convolution) {
      return new Kernels(drawn, batch, between(convolution.window(), in, out));
    }
    if (connection instanceof Connection.Depthwise depthwise) {
      return new Kernels(drawn, batch, between(depthwise.window(), in, out));
    }
    if (connection instanceof Connection.Transposed transposed) {
      return new Kernels(drawn, batch, between(transposed.window(), out, in));
    }
    int places = Math.toIntExact(Sizes.product(in) / drawn.stored().in());
    return new Kernels(drawn, batch, Taps.straight(places));
  }

  private static Taps between(Window window, List<Long> in, List<Long> out) {
    boolean first = window.channelsFirst();
    return Taps.of(window, Sizes.space(in, first), Sizes.space(out, first));
  }

  float[] forward(float[] x, float[] w) {
    if (drawn.connection() instanceof Connection.Depthwise) {
      return channelwise().gather(x, batch, w);
    }
    return drawn.connection() instanceof Connection.Transposed
        ? slide().scatter(x, batch, w)
        : slide().gather(x, batch, w);
  }

  float[] backward(float[] y, float[] w) {
    if (drawn.connection() instanceof Connection.Depthwise) {
      return channelwise().scatter(y, batch, w);
    }
    return drawn.connection() instanceof Connection.Transposed
        ? slide().gather(y, batch, w)
        : slide().scatter(y, batch, w);
  }

  private Channelwise channelwise() {
    return new Channelwise(taps, (int) drawn.stored().in(), (int) drawn.stored().out());
  }

  private Slide slide() {
    int groups =
        drawn.connection() instanceof Connection.Convolution convolution
            ? (int) convolution.groups()
            : 1;
    int channels = (int) drawn.stored().in() * groups;
    return new Slide(taps, channels, (int) drawn.stored().out(), groups);
  }
}
