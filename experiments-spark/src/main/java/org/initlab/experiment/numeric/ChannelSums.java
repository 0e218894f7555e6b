package org.initlab.experiment.numeric;

import java.util.Arrays;

/**
 * What is done to every place's channels alike, or to every row of a matrix: loops over a few
 * channels are too short for the machine's vectors, so many places are taken at once; and the
 * compiler vectorizes only loops in which all arrays are read and written at one index, so places
 * further on are copied to a room first. For one thread.
 */
public final class ChannelSums {

  /** Numbers of a loop. */
  private static final int LONG = 1024;

  /** From so many channels on, copying a place first pays. */
  private static final int WIDE = 64;

  private final int channels;
  private final int together;
  private final float[] many;
  private final float[] room;

  private ChannelSums(int channels, int numbers, boolean inOrder) {
    int most = Math.max(1, LONG / channels) * channels;
    this.channels = channels;
    this.many = new float[Math.min(most, Math.max(channels, numbers))];
    this.room = new float[many.length];
    this.together = inOrder ? channels : many.length;
  }

  /** For images: sums are taken of every so many-th place first, and then of these. */
  public static ChannelSums ofPlaces(int channels, int numbers) {
    return new ChannelSums(channels, numbers, false);
  }

  /** For a few rows, which are added up in their order. */
  public static ChannelSums ofRows(int units, int numbers) {
    return new ChannelSums(units, numbers, true);
  }

  /** Adds a number a channel to every place. */
  public void add(float[] each, float[] places) {
    for (int at = 0; at < many.length; at += channels) {
      System.arraycopy(each, 0, many, at, channels);
    }
    add(places, many, Math.min(many.length, places.length));
    for (int at = many.length; at < places.length; at += many.length) {
      int n = Math.min(many.length, places.length - at);
      System.arraycopy(places, at, room, 0, n);
      add(room, many, n);
      System.arraycopy(room, 0, places, at, n);
    }
  }

  /** Writes each channel's sum over all places. */
  public void of(float[] places, float[] sums) {
    if (together < WIDE) {
      System.arraycopy(places, 0, sums, 0, channels);
      addOneByOne(places, channels, places.length, sums);
      return;
    }
    int first = Math.min(together, places.length);
    System.arraycopy(places, 0, many, 0, first);
    Arrays.fill(many, first, together, 0);
    for (int at = together; at < places.length; at += together) {
      int n = Math.min(together, places.length - at);
      System.arraycopy(places, at, room, 0, n);
      add(many, room, n);
    }
    System.arraycopy(many, 0, sums, 0, channels);
    addOneByOne(many, channels, together, sums);
  }

  private void addOneByOne(float[] places, int from, int to, float[] sums) {
    for (int at = from; at < to; at += channels) {
      for (int c = 0; c < channels; c++) {
        sums[c] += places[at + c];
      }
    }
  }

  private static void add(float[] to, float[] from, int n) {
    for (int i = 0; i < n; i++) {
      to[i] += from[i];
    }
  }
}
