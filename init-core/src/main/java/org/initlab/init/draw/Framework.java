package org.initlab.init.draw;

import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.initlab.init.Layout;
import org.initlab.init.random.Key;
import org.initlab.init.random.Stream;
import org.initlab.init.random.TensorFlowStream;
import org.initlab.init.random.TorchStream;

/** Another framework whose numbers can be drawn from its own seeds. */
public enum Framework {
  /** Keras 3 on its TensorFlow backend. */
  KERAS("Keras 3 on TensorFlow", Layout.KERNEL_IN_OUT, TensorFlowStream::new),

  /** PyTorch on a CPU. */
  TORCH("PyTorch on a CPU", Layout.OUT_IN_KERNEL, TorchStream::new);

  private final String title;
  private final Layout layout;
  private final LongFunction<Stream> streams;

  Framework(String title, Layout layout, LongFunction<Stream> streams) {
    this.title = title;
    this.layout = layout;
    this.streams = streams;
  }

  /** Its name, and where its numbers come from. */
  public String title() {
    return title;
  }

  /** The order of its tensors' axes. */
  public Layout layout() {
    return layout;
  }

  /** The seed that is given, or else one taken from the key. */
  static long seed(OptionalLong given, Key key) {
    return given.orElseGet(() -> Integer.toUnsignedLong(key.bits(0)));
  }

  /** Its generator, as this seed leaves it. */
  public Stream stream(long seed) {
    return streams.apply(seed);
  }
}
