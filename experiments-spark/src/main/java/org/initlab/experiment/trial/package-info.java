/**
 * This room turns a trial into its result: it builds the network and the data that the trial names,
 * trains on an engine, and takes snapshots on the way for the metrics.
 *
 * <p>A trial holds, in floats: the weights and their gradients, {@code (test_examples +
 * validation_examples) * inputs} of data that is not learned, and for a snapshot {@code 4 *
 * probe_examples * units} a layer. One in double precision holds doubles besides: the weights,
 * their gradients and what the optimizer remembers, and {@code 3 * batch * units} a layer.
 */
package org.initlab.experiment.trial;
