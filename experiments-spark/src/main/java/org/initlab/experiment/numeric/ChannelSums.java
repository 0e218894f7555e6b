package org.initlab.experiment.numeric;

import java.util.Arrays;

/**
 * What is done to every place's channels alike, in loops over many places at once: loops over a few
 * channels are too short for the machine's vectors.
 */
public final class ChannelSums {

  /** Numbers of a loop. */
  private static final int LONG = 1024;

  private final int channels;
  private final float[] many;

  /** For places of so many channels. */
  public ChannelSums(int channels) {
    this.channels = channels;
    this.many = new float[Math.max(1, LONG / channels) * channels];
  }

  /** Adds a number a channel to every place. */
  public void add(float[] each, float[] places) {
    for (int at = 0; at < many.length; at += channels) {
      System.arraycopy(each, 0, many, at, channels);
    }
    for (int at = 0; at < places.length; at += many.length) {
      int n = Math.min(many.length, places.length - at);
      for (int i = 0; i < n; i++) {
        places[at + i] += many[i];
      }
    }
  }

  /** Writes each channel's sum over all places. */
  public void of(float[] places, float[] sums) {
    Arrays.fill(many, 0);
    for (int at = 0; at < places.length; at += many.length) {
      int n = Math.min(many.length, places.length - at);
      for (int i = 0; i < n; i++) {
        many[i] += places[at + i];
      }
    }
    Arrays.fill(sums, 0, channels, 0);
    for (int at = 0; at < many.length; at += channels) {
      for (int c = 0; c < channels; c++) {
        sums[c] += many[at + c];
      }
    }
  }
}
