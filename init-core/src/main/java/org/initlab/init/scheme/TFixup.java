package org.initlab.init.scheme;

/**
 * The factors of T-Fixup, by which a Transformer trains without layer normalization and warm-up.
 *
 * <p>Formula: Glorot's weights times 0.67 N^(-1/4) in an encoder of N layers, times (9 M)^(-1/4) in
 * a decoder of M layers, for the value and output projections of attention (the value projection
 * first times sqrt(2), which undoes the joint fan of query, key and value) and both kernels of the
 * feed-forward part; embeddings are normal of variance 1 / d times (9 N)^(-1/4), or (9 M)^(-1/4) on
 * the decoder's side. Query and key projections are left alone. Source: Huang, Perez, Ba and
 * Volkovs 2020, "Improving Transformer optimization through better initialization", section 3.2,
 * and the authors' code.
 *
 * <p>These are factors on weights, not on variances; a Transformer to put them in is not built
 * here.
 *
 * @param encoder encoder layers N, at least 1
 * @param decoder decoder layers M, at least 1
 */
public record TFixup(int encoder, int decoder) {

  /** A kind of tensor that has a factor of its own. */
  public enum Part {
    ENCODER_EMBEDDING,
    ENCODER_VALUE,
    ENCODER_OUTPUT,
    ENCODER_FEED_FORWARD,
    DECODER_EMBEDDING,
    DECODER_VALUE,
    DECODER_OUTPUT,
    DECODER_FEED_FORWARD
  }

  public TFixup {
    if (encoder < 1 || decoder < 1) {
      throw new IllegalArgumentException(
          "t_fixup: layers must be whole numbers of at least 1, not %d and %d."
              .formatted(encoder, decoder));
    }
  }

  /** By what the weights of such a tensor are multiplied. */
  public double factor(Part part) {
    return switch (part) {
      case ENCODER_EMBEDDING -> root(9.0 * encoder);
      case ENCODER_VALUE -> Math.sqrt(2) * 0.67 * root(encoder);
      case ENCODER_OUTPUT, ENCODER_FEED_FORWARD -> 0.67 * root(encoder);
      case DECODER_EMBEDDING -> root(9.0 * decoder);
      case DECODER_VALUE -> Math.sqrt(2) * root(9.0 * decoder);
      case DECODER_OUTPUT, DECODER_FEED_FORWARD -> root(9.0 * decoder);
    };
  }

  /** x^(-1/4). */
  private static double root(double x) {
    return 1 / Math.sqrt(Math.sqrt(x));
  }
}
