package org.initlab.experiment;

/**
 * What a metric asks a {@link Snapshot} for. An engine may find all but the {@link #NETWORK} where
 * it keeps the weights; what was not said here it computes when it is asked, from the weights.
 */
public enum Need {
  /** Loss and error over the held-out examples. */
  HELD_OUT,
  /** Loss and error over the validation examples, which the study must keep apart. */
  VALIDATION,
  /** Moments of activations and pre-activations on the probe, and dead units. */
  SIGNALS,
  /** The percentile that tells of saturation. */
  SATURATION,
  /** Moments of gradients on the probe. */
  GRADIENTS,
  /** Weights, or arrays that are computed from them. */
  NETWORK
}
