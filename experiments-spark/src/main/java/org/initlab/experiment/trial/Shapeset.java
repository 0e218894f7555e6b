package org.initlab.experiment.trial;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.initlab.experiment.numeric.Volume;
import org.initlab.init.random.Key;

/**
 * Shapeset-3x2 of Glorot and Bengio (2010, section 2.1): 32x32 grey images of one or two shapes out
 * of triangle, parallelogram and ellipse, an endless stream. The nine classes are T, P, E, TP, PE,
 * TE, TT, PP, EE; without rejections their priors are 1/6 three times, 1/9 three times, 1/18 three
 * times, so who always says the same errs in 83.3 % of cases.
 *
 * <p>The rules are those of the authors' published generator with the settings of its example: a
 * regular polygon (an ellipse has 20 corners) is turned by r, stretched to 0.2 to 0.8 of the image
 * along the axes, turned back so that its base is level, turned at random and put anywhere at least
 * a pixel from the border. A second shape is drawn anew, 50 times at most, while it would hide too
 * much of the first. The numbers themselves come from our own streams: the images are other draws
 * from the same distribution.
 *
 * <p>Example i of a stream is a function of its key and i alone. {@code StrictMath} keeps the bits
 * equal on every machine.
 */
final class Shapeset implements Dataset {

  private static final int SIDE = 32;
  private static final int RESOLUTION = 255;
  private static final int REJECTIONS = 50;
  private static final double MOST_OVERLAP = 0.5;
  private static final int DARK = (int) (0.45 * 255);
  private static final int LIGHT = (int) (0.55 * 255);
  private static final int[] CORNERS = {3, 4, 20};
  private static final Polygon[] REGULAR =
      Arrays.stream(CORNERS).mapToObj(Polygon::regular).toArray(Polygon[]::new);

  /** Class of two shapes, by their types. */
  private static final int[][] PAIRS = {{6, 3, 5}, {3, 7, 4}, {5, 4, 8}};

  /** Examples that are drawn at a time. */
  private static final int CHUNK = 256;

  /** Of an example: its grey values, and its label. */
  private static final int BYTES = SIDE * SIDE + 1;

  private static final float[] SCALED = scaled();

  private final String name;
  private final String fingerprint;
  private final Shelf<Place> drawn =
      new Shelf<>(Runtime.getRuntime().maxMemory() / 4, CHUNK * BYTES, Shapeset::draw);

  /** The examples of a stream from {@code number * CHUNK} on. */
  private record Place(Key stream, long number) {}

  Shapeset(String name) {
    this.name = name;
    float[] x = new float[inputs()];
    ByteBuffer images = ByteBuffer.allocate(100 * Float.BYTES * x.length);
    ExampleStream first = training(Key.of(0));
    for (int i = 0; i < 100; i++) {
      first.write(i, x, 0);
      images.asFloatBuffer().put(x);
      images.position(images.position() + Float.BYTES * x.length);
    }
    this.fingerprint = Fingerprint.of(images.array());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Volume image() {
    return new Volume(SIDE, SIDE, 1);
  }

  @Override
  public int classes() {
    return 9;
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public long heldOutExamples() {
    return Long.MAX_VALUE;
  }

  @Override
  public long trainingExamples() {
    return Long.MAX_VALUE;
  }

  @Override
  public ExampleStream training(Key order, Apart apart) {
    return new Stream(order.at("training"));
  }

  @Override
  public ExampleStream validation(Apart apart) {
    return new Stream(apart.choice().at("validation"));
  }

  @Override
  public ExampleStream heldOut(Key choice) {
    return new Stream(choice.at("held out"));
  }

  /** Reads chunk after chunk. */
  private final class Stream implements ExampleStream {

    private final Key key;
    private final byte[] chunk = new byte[CHUNK * BYTES];
    private long number = -1;

    Stream(Key key) {
      this.key = key;
    }

    @Override
    public int write(long index, float[] x, int at) {
      if (index / CHUNK != number) {
        drawn.get(new Place(key, index / CHUNK), chunk);
        number = index / CHUNK;
      }
      int from = (int) (index % CHUNK) * BYTES;
      for (int k = 0; k < SIDE * SIDE; k++) {
        x[at + k] = SCALED[chunk[from + k] & 0xFF];
      }
      return chunk[from + SIDE * SIDE];
    }
  }

  private static float[] scaled() {
    float[] scaled = new float[256];
    for (int grey = 0; grey < scaled.length; grey++) {
      scaled[grey] = grey / 255f * 2 - 1;
    }
    return scaled;
  }

  private static void draw(Place place, byte[] chunk) {
    for (int i = 0; i < CHUNK; i++) {
      Draws draws = new Draws(place.stream.fold(place.number * CHUNK + i));
      int at = i * BYTES;
      chunk[at + SIDE * SIDE] = (byte) draw(draws, chunk, at);
    }
  }

  /** The numbers of one image, one after another. */
  private static final class Draws {
    private final Key key;
    private long next;

    Draws(Key key) {
      this.key = key;
    }

    int below(int n) {
      return key.below(next++, n);
    }

    double between(double low, double high) {
      return low + key.uniform(next++) * (high - low);
    }
  }

  /** A shape at its place; its scales and its centre are those of its circle. */
  private record Shape(int type, Polygon outline, double area, double centreX, double centreY) {

    /** Whether this shape, put over {@code first}, would hide too much of it. */
    boolean hides(Shape first) {
      double dx = centreX - first.centreX;
      double dy = centreY - first.centreY;
      double distance = Math.sqrt(dx * dx + dy * dy);
      double reach =
          first.outline.reach(first.centreX, first.centreY, dx / distance, dy / distance)
              + outline.reach(centreX, centreY, -dx / distance, -dy / distance);
      if (!(reach >= distance)) {
        return false;
      }
      double overlap = 1 - StrictMath.exp(-(reach - distance) * StrictMath.log(2) / distance);
      return area * overlap / first.area > MOST_OVERLAP;
    }
  }

  private static int draw(Draws draws, byte[] x, int at) {
    int shapes = 1 + draws.below(2);
    boolean lightShapes = draws.below(2) == 0;
    Arrays.fill(x, at, at + SIDE * SIDE, colour(draws, !lightShapes));
    Shape first = place(draws, null);
    first.outline.paint(x, at, SIDE, colour(draws, lightShapes));
    if (shapes == 1) {
      return first.type;
    }
    Shape second = place(draws, first);
    if (second == null) {
      return first.type;
    }
    second.outline.paint(x, at, SIDE, colour(draws, lightShapes));
    return PAIRS[first.type][second.type];
  }

  private static byte colour(Draws draws, boolean light) {
    return (byte) (light ? LIGHT + draws.below(256 - LIGHT) : draws.below(DARK + 1));
  }

  /** A random shape; null if it hid too much of {@code first} however it was placed. */
  private static Shape place(Draws draws, Shape first) {
    int type = draws.below(CORNERS.length);
    double turn = firstTurn(draws, CORNERS[type]);
    Polygon turned = REGULAR[type].turned(turn);
    double spin = 2 * Math.PI / RESOLUTION * draws.below(RESOLUTION - 1);
    double share = CORNERS[type] * StrictMath.sin(2 * Math.PI / CORNERS[type]) / (2 * Math.PI);
    for (int attempt = 0; attempt <= REJECTIONS; attempt++) {
      double a = draws.between(0.2 * SIDE, 0.8 * SIDE);
      double b = draws.between(0.2 * SIDE, 0.8 * SIDE);
      double wide = Math.max(a, b);
      double high = Math.min(a, b);
      double back = -StrictMath.atan(high / wide * StrictMath.tan(turn));
      Polygon shape = turned.mapped(wide, high, 0, 0).turned(back + spin);
      double[] rangeX = Polygon.range(shape.x());
      double[] rangeY = Polygon.range(shape.y());
      double moveX =
          draws.between(Math.max(0, 1 - rangeX[0]), Math.min(SIDE, SIDE - 1 - rangeX[1]));
      double moveY =
          draws.between(Math.max(0, 1 - rangeY[0]), Math.min(SIDE, SIDE - 1 - rangeY[1]));
      Shape placed =
          new Shape(type, shape.mapped(1, 1, moveX, moveY), wide * high * share, moveX, moveY);
      if (first == null || !placed.hides(first)) {
        return placed;
      }
    }
    return null;
  }

  /** A turn within the shape's symmetry, as likely to the left as to the right. */
  private static double firstTurn(Draws draws, int corners) {
    int index = draws.below(RESOLUTION / corners);
    if (index > (RESOLUTION - 1) / (2 * corners)) {
      index = Math.min(RESOLUTION - (RESOLUTION - 1) / corners + index, RESOLUTION - 1);
    }
    return 2 * Math.PI / RESOLUTION * index;
  }
}
