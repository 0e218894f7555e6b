package org.initlab.init.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.initlab.init.Activation;
import org.initlab.init.Role;
import org.initlab.init.Site;
import org.initlab.init.WeightShape;
import org.initlab.init.model.Connection;
import org.initlab.init.model.Drawn;
import org.initlab.init.model.Effect;
import org.initlab.init.model.Sizes;
import org.initlab.init.model.Window;
import org.initlab.init.random.Key;

/**
 * Kernels, biases and an activation. Kernels are drawn anew for the way back, and not kept: those
 * of a large model would fill the memory.
 */
final class WeightedStep implements Step {

  private final String name;
  private final Effect.Weighted effect;
  private final List<Kernels> kernels = new ArrayList<>();
  private final int batch;
  private final int units;
  private final boolean channelsFirst;
  private final int outPlaces;
  private final int inPlaces;
  private final int inChannels;
  private Key key;
  private Bend bend;
  private double atSums = Double.NaN;
  private double length;

  WeightedStep(String name, Effect.Weighted effect, int batch, List<Long> in, List<Long> out) {
    this.name = name;
    this.effect = effect;
    this.batch = batch;
    Optional<Window> window = window(effect.kernels().get(0));
    this.channelsFirst = window.map(Window::channelsFirst).orElse(false);
    this.units = Math.toIntExact(Sizes.channels(out, channelsFirst));
    this.outPlaces = Math.toIntExact(Sizes.product(out) / units);
    this.inChannels = Math.toIntExact(Sizes.channels(in, channelsFirst));
    this.inPlaces = Math.toIntExact(Sizes.product(in) / inChannels);
    List<Long> at = in;
    for (Drawn drawn : effect.kernels()) {
      // Behind the depthwise kernel of a separable convolution only the channels differ.
      boolean dense = drawn.connection() instanceof Connection.Dense;
      List<Long> from = dense ? List.of(Sizes.product(at)) : at;
      kernels.add(Kernels.of(drawn, batch, from, out));
      if (drawn.connection() instanceof Connection.Depthwise) {
        long middle = drawn.stored().in() * drawn.stored().out();
        at = Sizes.shape(Sizes.space(out, channelsFirst), middle, channelsFirst);
      }
    }
  }

  private static Optional<Window> window(Drawn drawn) {
    Connection connection = drawn.connection();
    if (connection instanceof Connection.Convolution convolution) {
      return Optional.of(convolution.window());
    }
    if (connection instanceof Connection.Depthwise depthwise) {
      return Optional.of(depthwise.window());
    }
    return connection instanceof Connection.Transposed transposed
        ? Optional.of(transposed.window())
        : Optional.empty();
  }

  @Override
  public float[] forward(List<float[]> inputs, Key layer) {
    this.key = layer;
    float[] x = inputs.get(0);
    if (channelsFirst) {
      x = Numbers.turned(x, batch, inChannels, inPlaces);
    }
    for (Kernels kernel : kernels) {
      x = kernel.forward(x, weights(kernel.drawn()));
    }
    WeightShape row = WeightShape.dense(1, units);
    Site site = new Site(name + "/bias", row, Role.BIAS, Activation.IDENTITY, 1, 1);
    float[] biases = effect.biases().draw(site, key.at("bias")).values();
    for (int i = 0; i < x.length; i++) {
      x[i] += biases[i % units];
    }
    length = Numbers.meanSquare(x);
    bend = new Bend(effect.activation(), x);
    float[] y = bend.outputs();
    return channelsFirst ? Numbers.turned(y, batch, outPlaces, units) : y;
  }

  private float[] weights(Drawn drawn) {
    Site site =
        new Site(name + "/" + drawn.role(), drawn.stored(), Role.HIDDEN, Activation.IDENTITY, 1, 1);
    return drawn.source().draw(site, key.at(drawn.role())).values();
  }

  @Override
  public List<float[]> backward(float[] gradient) {
    float[] g = channelsFirst ? Numbers.turned(gradient, batch, units, outPlaces) : gradient;
    g = bend.backward(g);
    atSums = Numbers.squares(g);
    for (int k = kernels.size() - 1; k >= 0; k--) {
      g = kernels.get(k).backward(g, weights(kernels.get(k).drawn()));
    }
    return List.of(channelsFirst ? Numbers.turned(g, batch, inPlaces, inChannels) : g);
  }

  @Override
  public double gradientAtSums() {
    return atSums;
  }

  @Override
  public double length() {
    return length;
  }

  @Override
  public double saturated() {
    return bend.saturated();
  }
}
