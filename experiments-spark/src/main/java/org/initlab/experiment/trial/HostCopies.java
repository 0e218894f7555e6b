package org.initlab.experiment.trial;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Numbers from Java's arrays to ND4J's and back, without an object a number. ND4J is told which
 * side holds the news, so that a backend with memory of its own copies what it must.
 */
final class HostCopies {

  private HostCopies() {}

  /** Writes {@code count} numbers into a whole (not viewed) array, from its element {@code at}. */
  static void put(INDArray whole, long at, float[] from, int count) {
    AffinityManager affinity = Nd4j.getAffinityManager();
    affinity.ensureLocation(whole, Location.HOST);
    pointer(whole, at).put(from, 0, count);
    affinity.tagLocation(whole, Location.HOST);
  }

  /** Reads {@code count} numbers of a whole (not viewed) array, from its element {@code at}. */
  static void get(INDArray whole, long at, float[] into, int count) {
    Nd4j.getAffinityManager().ensureLocation(whole, Location.HOST);
    pointer(whole, at).get(into, 0, count);
  }

  private static FloatPointer pointer(INDArray whole, long at) {
    return new FloatPointer(whole.data().pointer()).position(at);
  }
}
