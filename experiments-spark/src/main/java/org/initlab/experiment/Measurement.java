package org.initlab.experiment;

import java.io.Serializable;

/**
 * One number that a trial said of itself.
 *
 * @param metric name, {@code metric} or {@code metric/part}: {@code activation_moments/std}
 * @param step updates done when it was taken
 * @param layer layer of weights from 1 at the input; 0 for the network as a whole
 * @param bin histogram bin from 0; -1 where there is none
 * @param value the number; NaN and infinities are kept as they are
 */
public record Measurement(String metric, long step, int layer, int bin, double value)
    implements Serializable {}
