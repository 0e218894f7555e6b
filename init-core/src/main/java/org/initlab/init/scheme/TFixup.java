package org.initlab.init.scheme;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.initlab.init.Initializer;
import org.initlab.init.Law;
import org.initlab.init.Scheme;
import org.initlab.init.Site;
import org.initlab.init.draw.FixedScale;
import org.initlab.init.draw.Scaled;

/**
 * T-Fixup, by which a Transformer trains without layer normalization and warm-up.
 *
 * <p>Formula: the base's weights times 0.67 N^(-1/4) in an encoder of N layers, times (9 M)^(-1/4)
 * in a decoder of M layers, for the value and output projections of attention and both kernels of
 * the feed-forward part; query and key projections are the base's. Embeddings of d features are
 * normal of variance 1 / d, times (9 N)^(-1/4), or (9 M)^(-1/4) on the decoder's side. Source:
 * Huang, Perez, Ba and Volkovs 2020, "Improving Transformer optimization through better
 * initialization", section 3.2, and the authors' code.
 *
 * <p>These are factors on weights, not on variances. The authors' code has another factor sqrt(2)
 * at value projections, and only undoes with it that fairseq draws them with Glorot's deviation
 * over sqrt(2): their weights are these. No architecture here is a Transformer, so a program that
 * has one asks for the initializer of each {@link Part}; as a scheme, this refuses every network.
 *
 * @param base the initializer of kernels, Glorot's in the paper
 * @param encoder encoder layers N, at least 1
 * @param decoder decoder layers M, at least 1
 */
public record TFixup(Initializer base, long encoder, long decoder) implements Scheme {

  /** The tensors of a Transformer that have a factor of their own, and those that have none. */
  public enum Part {
    ENCODER_EMBEDDING,
    ENCODER_VALUE,
    ENCODER_OUTPUT,
    ENCODER_FEED_FORWARD,
    DECODER_EMBEDDING,
    DECODER_VALUE,
    DECODER_OUTPUT,
    DECODER_FEED_FORWARD,
    QUERY,
    KEY;

    /** The name in texts. */
    public String title() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  private static final String REFUSAL =
      "t_fixup is a scheme for the attention, feed-forward and embedding tensors of a Transformer,"
          + " and no architecture here has them; `initlab describe t_fixup` tells its factors."
          + " Maybe fixup with architecture residual_mlp.";

  public TFixup {
    require("encoder_layers", encoder);
    require("decoder_layers", decoder);
  }

  private static void require(String name, long layers) {
    if (layers < 1) {
      throw new IllegalArgumentException(
          "t_fixup: %s must be a whole number of at least 1, not %d.".formatted(name, layers));
    }
  }

  /** By what the weights of such a tensor are multiplied. */
  public double factor(Part part) {
    return switch (part) {
      case ENCODER_EMBEDDING -> root(9.0 * encoder);
      case ENCODER_VALUE, ENCODER_OUTPUT, ENCODER_FEED_FORWARD -> 0.67 * root(encoder);
      case DECODER_EMBEDDING, DECODER_VALUE, DECODER_OUTPUT, DECODER_FEED_FORWARD ->
          root(9.0 * decoder);
      case QUERY, KEY -> 1;
    };
  }

  /**
   * The initializer of such a tensor.
   *
   * @param features d, the width of an embedding, at least 1; not looked at for the other parts
   */
  public Initializer initializer(Part part, long features) {
    if (part != Part.ENCODER_EMBEDDING && part != Part.DECODER_EMBEDDING) {
      return new Scaled(base, factor(part));
    }
    if (features < 1) {
      throw new IllegalArgumentException(
          "t_fixup: features must be a whole number of at least 1, not %d.".formatted(features));
    }
    return new FixedScale(factor(part) / Math.sqrt(features), new Law.Normal());
  }

  /** x^(-1/4). */
  private static double root(double x) {
    return 1 / Math.sqrt(Math.sqrt(x));
  }

  /** Always refused: a site does not say which part of a Transformer it is. */
  @Override
  public Initializer at(Site site) {
    throw new IllegalArgumentException(REFUSAL);
  }

  @Override
  public Optional<String> objection(List<Site> kernels) {
    return Optional.of(REFUSAL);
  }
}
