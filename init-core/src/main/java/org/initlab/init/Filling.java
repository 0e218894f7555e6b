package org.initlab.init;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.initlab.init.random.Key;
import org.initlab.init.random.Uniforms;

/** Fills arrays from a key by the block, and by several threads. */
final class Filling {

  /** Numbers drawn at a time, so that a draw needs 64 KiB besides its own array. */
  static final int BLOCK = 2048;

  /**
   * The most numbers that a thread of several takes at a time: a mebibyte, beside which the 72 KiB
   * of buffers that each part takes anew are little.
   */
  private static final int PART = 1 << 18;

  /** Parts for each thread, at least, so that one that is late takes fewer. */
  private static final int TURNS = 4;

  private Filling() {}

  /** Changes the first {@code n} numbers of an array. */
  @FunctionalInterface
  interface Transform {
    void apply(float[] x, int n);
  }

  /**
   * Uniform numbers plus 1, in [1, 2), transformed, at the places from {@code from} to below {@code
   * to}.
   */
  static void inBlocks(Key key, float[] out, int from, int to, Transform transform) {
    float[] block = new float[Math.min(BLOCK, to - from)];
    Uniforms uniforms = new Uniforms(key, block.length);
    for (int at = from; at < to; at += BLOCK) {
      int n = Math.min(BLOCK, to - at);
      uniforms.plusOne(at, block, 0, n);
      transform.apply(block, n);
      System.arraycopy(block, 0, out, at, n);
    }
  }

  /** Parts are taken as threads come free: one that is late takes fewer. */
  static void byThreads(Law law, Key key, double deviation, float[] out, int threads) {
    AtomicLong next = new AtomicLong();
    int part = part(out.length, threads);
    Runnable worker =
        () -> {
          for (long at; (at = next.getAndAdd(part)) < out.length; ) {
            law.fill(key, deviation, out, (int) at, (int) Math.min(at + part, out.length));
          }
        };
    CompletableFuture<?>[] others = new CompletableFuture<?>[threads - 1];
    for (int t = 0; t < others.length; t++) {
      others[t] = CompletableFuture.runAsync(worker, job -> new Thread(job, "fill").start());
    }
    worker.run();
    CompletableFuture.allOf(others).join();
  }

  /** Whole blocks. */
  private static int part(long length, int threads) {
    long blocks = length / ((long) BLOCK * TURNS * threads) + 1;
    return (int) Math.min(PART, blocks * BLOCK);
  }
}
