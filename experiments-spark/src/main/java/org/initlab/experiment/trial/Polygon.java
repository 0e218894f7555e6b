package org.initlab.experiment.trial;

/**
 * A convex polygon in the plane of an image: x to the right, y down, a pixel being a unit square.
 *
 * @param x of the corners, in order around the shape
 * @param y of the corners
 */
@SuppressWarnings("ArrayRecordComponent")
record Polygon(double[] x, double[] y) {

  /** The regular polygon on the circle of radius 1/2 about 0, one side level and below. */
  static Polygon regular(int corners) {
    double[] x = new double[corners];
    double[] y = new double[corners];
    for (int k = 0; k < corners; k++) {
      double angle = 2 * Math.PI * ((double) k / corners + 1.0 / (2 * corners) + 0.25);
      x[k] = 0.5 * StrictMath.cos(angle);
      y[k] = 0.5 * StrictMath.sin(angle);
    }
    return new Polygon(x, y);
  }

  /** Turned about 0 from the x axis towards the y axis. */
  Polygon turned(double angle) {
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    double[] u = new double[x.length];
    double[] v = new double[x.length];
    for (int k = 0; k < x.length; k++) {
      u[k] = x[k] * cos - y[k] * sin;
      v[k] = x[k] * sin + y[k] * cos;
    }
    return new Polygon(u, v);
  }

  /** Multiplied along the axes, then moved. */
  Polygon mapped(double scaleX, double scaleY, double moveX, double moveY) {
    double[] u = new double[x.length];
    double[] v = new double[x.length];
    for (int k = 0; k < x.length; k++) {
      u[k] = x[k] * scaleX + moveX;
      v[k] = y[k] * scaleY + moveY;
    }
    return new Polygon(u, v);
  }

  /** The largest projection of a corner, seen from (fromX, fromY), on a direction of length 1. */
  double reach(double fromX, double fromY, double directionX, double directionY) {
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < x.length; k++) {
      most = Math.max(most, (x[k] - fromX) * directionX + (y[k] - fromY) * directionY);
    }
    return most;
  }

  /** The least and the greatest of these numbers. */
  static double[] range(double[] numbers) {
    double least = numbers[0];
    double most = numbers[0];
    for (double number : numbers) {
      least = Math.min(least, number);
      most = Math.max(most, number);
    }
    return new double[] {least, most};
  }

  /** Sets the pixels whose centres lie inside, in a square image that starts at image[at]. */
  void paint(byte[] image, int at, int side, byte colour) {
    double[] rows = range(y);
    int first = Math.max(0, (int) Math.ceil(rows[0] - 0.5));
    int last = Math.min(side - 1, (int) Math.floor(rows[1] - 0.5));
    for (int row = first; row <= last; row++) {
      double level = row + 0.5;
      double left = Double.POSITIVE_INFINITY;
      double right = Double.NEGATIVE_INFINITY;
      for (int k = 0, before = x.length - 1; k < x.length; before = k++) {
        if (y[k] <= level == y[before] > level) {
          double crossing = x[k] + (level - y[k]) * (x[before] - x[k]) / (y[before] - y[k]);
          left = Math.min(left, crossing);
          right = Math.max(right, crossing);
        }
      }
      int end = Math.min(side - 1, (int) Math.floor(right - 0.5));
      for (int column = Math.max(0, (int) Math.ceil(left - 0.5)); column <= end; column++) {
        image[at + row * side + column] = colour;
      }
    }
  }
}
