package org.initlab.experiment.numeric;

/**
 * sin, by reduction to a quarter turn and a minimax polynomial of relative error 6e-9; the cosine
 * is the sine a quarter turn on. From {@value #FAR} on, Java's own.
 */
final class Sine implements Curve {

  /** Half turns up to here are taken off in three parts without loss. */
  private static final float FAR = 1e4f;

  private static final float PER_PI = 0.318309886f;
  private static final float PI_HIGH = 3.140625f;
  private static final float PI_MIDDLE = 9.67502593994140625e-4f;
  private static final float PI_LOW = 1.509957990978376e-7f;

  private final float[] turns;
  private final float[] rest;

  Sine(int capacity) {
    this.turns = new float[capacity];
    this.rest = new float[capacity];
  }

  @Override
  public void values(float[] s, float[] z, int n) {
    sine(s, 0f, n);
    System.arraycopy(rest, 0, z, 0, n);
    if (!isNear(s, n)) {
      for (int i = 0; i < n; i++) {
        z[i] = (float) StrictMath.sin(s[i]);
      }
    }
  }

  @Override
  public void backward(float[] s, float[] z, float[] d, int n) {
    if (isNear(s, n)) {
      sine(s, 0.5f, n);
      float[] cosine = rest;
      for (int i = 0; i < n; i++) {
        d[i] *= cosine[i];
      }
    } else {
      for (int i = 0; i < n; i++) {
        d[i] *= (float) StrictMath.cos(s[i]);
      }
    }
  }

  private static boolean isNear(float[] s, int n) {
    for (int i = 0; i < n; i++) {
      if (Math.abs(s[i]) >= FAR) {
        return false;
      }
    }
    return true;
  }

  /** sin(s + halfTurns pi), halfTurns being 0 or 1/2. */
  private void sine(float[] s, float halfTurns, int n) {
    float[] k = turns;
    float[] r = rest;
    for (int i = 0; i < n; i++) {
      k[i] = (s[i] * PER_PI + halfTurns + Steps.ROUNDER) - Steps.ROUNDER;
    }
    for (int i = 0; i < n; i++) {
      float whole = k[i] - halfTurns;
      r[i] = ((s[i] - whole * PI_HIGH) - whole * PI_MIDDLE) - whole * PI_LOW;
    }
    // The sign is that of (-1)^k: 1 for an even k, -1 for an odd one.
    for (int i = 0; i < n; i++) {
      float half = k[i] * 0.5f;
      float off = half - ((half + Steps.ROUNDER) - Steps.ROUNDER);
      k[i] = 1f - 4f * Math.abs(off);
    }
    for (int i = 0; i < n; i++) {
      float y = r[i] * r[i];
      float p =
          ((2.605481505e-6f * y - 1.980947492e-4f) * y + 8.333064611e-3f) * y - 1.666665949e-1f;
      r[i] = k[i] * (r[i] + r[i] * y * p);
    }
  }
}
