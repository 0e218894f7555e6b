package org.initlab.experiment;

/** What goes through a layer of a network, forward and back; see {@link Snapshot}. */
public enum Signal {
  PRE_ACTIVATIONS {
    @Override
    float[] of(Snapshot at, int layer) {
      return at.preActivations(layer);
    }
  },
  /** Of hidden layers alone. */
  ACTIVATIONS {
    @Override
    float[] of(Snapshot at, int layer) {
      return at.activations(layer);
    }
  },
  PRE_ACTIVATION_GRADIENTS {
    @Override
    float[] of(Snapshot at, int layer) {
      return at.preActivationGradients(layer);
    }
  },
  WEIGHT_GRADIENTS {
    @Override
    float[] of(Snapshot at, int layer) {
      return at.weightGradients(layer);
    }
  };

  /** All its numbers in a layer. */
  abstract float[] of(Snapshot at, int layer);
}
