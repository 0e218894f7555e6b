package org.initlab.device.cuda;

import java.util.List;

/**
 * Where the arrays of a network lie while train.cu trains it or look.cu looks at it: in the shared
 * memory of its block as far as they fit, the rest in the GPU's. First come the signals, which are
 * read most often, then the examples, then the kernels from the output down. The numbers that come
 * out do not depend on it.
 */
public final class TrainingPlan {

  /** Examples that a thread has in registers; each has a kernel of its own. */
  private static final List<Integer> PARTS = List.of(4, 12, 16);

  /** Examples at a time of a look, and of what has no part of its own. */
  static final int LOOK_PART = 16;

  /** Floats of a unit in a tile: TILE of products.cuh, and one, so that units lie in all banks. */
  private static final int TILE_ROW = 9;

  private static final int NUMBERS_OF_A_PLAN = 8;
  private static final int NUMBERS_OF_A_LAYER = 11;
  private static final int NOWHERE = -1;

  private final NetworkShape shape;
  private final int threads;
  private final int part;
  private final int rows;
  private final int parameters;
  private final int[] numbers;
  private final int sharedLimit;
  private int shared;
  private int workspace;

  /**
   * A plan.
   *
   * @param threads of a block; a multiple of 32 up to 512
   * @param sharedBytes that a block can have
   */
  public TrainingPlan(NetworkShape shape, int threads, int sharedBytes) {
    this(
        shape,
        threads,
        sharedBytes,
        PARTS.stream().filter(p -> p >= shape.batch()).findFirst().orElse(LOOK_PART));
  }

  /** The plan of a look at so many examples at a time; its kernels have parts of one size only. */
  TrainingPlan toLook(int examples) {
    return new TrainingPlan(
        shape.withBatch(examples), threads, sharedLimit * Float.BYTES, LOOK_PART);
  }

  /** Whether the costs of so many rows have room in a block's shared memory. */
  boolean hasRoomFor(long rows) {
    return scratch(threads, LOOK_PART, rows) <= sharedLimit;
  }

  /**
   * Numbers for sums that threads share, for tiles of weights from the GPU's memory, and for the
   * costs of all rows, as doubles.
   */
  private static long scratch(int threads, int part, long rows) {
    return Math.max((long) threads * Math.max(part, TILE_ROW), rows * 2);
  }

  private TrainingPlan(NetworkShape shape, int threads, int sharedBytes, int part) {
    if (threads % 32 != 0 || threads < 32 || threads > 512) {
      throw new IllegalArgumentException("A block has 32 to 512 threads, not " + threads + ".");
    }
    this.shape = shape;
    this.threads = threads;
    this.part = part;
    this.rows = (shape.batch() + part - 1) / part * part;
    this.sharedLimit = sharedBytes / Float.BYTES;
    this.numbers = new int[NUMBERS_OF_A_PLAN + NUMBERS_OF_A_LAYER * shape.layers()];
    take(Math.toIntExact(scratch(threads, part, rows)));
    if (shared > sharedLimit) {
      throw new IllegalArgumentException("A batch of " + shape.batch() + " needs too much memory.");
    }
    int layers = shape.layers();
    for (int l = layers; l >= 1; l--) {
      placeSignals(l, Field.OWN, shape.out(l));
      if (l < layers) {
        placeSignals(l + 1, Field.BELOW, shape.out(l));
      }
    }
    placeSignals(1, Field.BELOW, shape.inputs());
    this.parameters = placeParameters();
    int[] head = {
      layers,
      shape.batch(),
      rows,
      shape.optimizerNumber(),
      shape.lossNumber(),
      parameters,
      workspace,
      0
    };
    System.arraycopy(head, 0, numbers, 0, head.length);
  }

  /** The numbers of a layer in the plan, in the order of the kernel's struct. */
  private enum Field {
    IN,
    OUT,
    ACTIVATION,
    KERNEL,
    BIAS,
    SHARED_KERNEL,
    PITCH,
    BELOW,
    BELOW_IS_SHARED,
    OWN,
    OWN_IS_SHARED
  }

  private void set(int layer, Field field, int value) {
    numbers[NUMBERS_OF_A_PLAN + NUMBERS_OF_A_LAYER * (layer - 1) + field.ordinal()] = value;
  }

  private int get(int layer, Field field) {
    return numbers[NUMBERS_OF_A_PLAN + NUMBERS_OF_A_LAYER * (layer - 1) + field.ordinal()];
  }

  private void placeSignals(int layer, Field place, int units) {
    Field isShared = place == Field.OWN ? Field.OWN_IS_SHARED : Field.BELOW_IS_SHARED;
    long size = (long) units * rows;
    boolean fits = shared + size <= sharedLimit;
    set(layer, isShared, fits ? 1 : 0);
    set(layer, place, fits ? shared : workspace);
    if (fits) {
      take((int) size);
    } else {
      workspace = Math.toIntExact(workspace + size);
    }
  }

  private int placeParameters() {
    int at = 0;
    for (int l = 1; l <= shape.layers(); l++) {
      set(l, Field.IN, shape.in(l));
      set(l, Field.OUT, shape.out(l));
      set(l, Field.ACTIVATION, shape.activation(l));
      set(l, Field.KERNEL, at);
      at = Math.addExact(at, Math.multiplyExact(shape.in(l), shape.out(l)));
      set(l, Field.BIAS, at);
      at = Math.addExact(at, shape.out(l));
    }
    for (int l = shape.layers(); l >= 1; l--) {
      int pitch = shape.out(l) | 1; // odd, so that a column lies in all banks of shared memory
      long size = (long) pitch * shape.in(l);
      boolean fits = shared + size <= sharedLimit;
      set(l, Field.PITCH, pitch);
      set(l, Field.SHARED_KERNEL, fits ? shared : NOWHERE);
      if (fits) {
        take((int) size);
      }
    }
    return at;
  }

  /** Rounded up to what four floats at once are aligned to. */
  private void take(int floats) {
    shared += (floats + 3) / 4 * 4;
  }

  /** What the kernel reads. */
  int[] numbers() {
    return numbers.clone();
  }

  /** The kernel's name. */
  String kernel() {
    return "train_" + part;
  }

  /** What is trained. */
  public NetworkShape shape() {
    return shape;
  }

  int threads() {
    return threads;
  }

  int sharedBytes() {
    return Math.min(shared, sharedLimit) * Float.BYTES;
  }

  /** Kernels that lie in shared memory, of all. */
  public int sharedKernels() {
    int count = 0;
    for (int l = 1; l <= shape.layers(); l++) {
      count += get(l, Field.SHARED_KERNEL) == NOWHERE ? 0 : 1;
    }
    return count;
  }

  /** Weights and biases of one network. */
  public int parameters() {
    return parameters;
  }

  /** Where a layer's kernel starts among them, [in][out]; its biases follow. */
  public int kernelAt(int layer) {
    return get(layer, Field.KERNEL);
  }

  /** Numbers of one network's arrays in the GPU's memory besides its parameters. */
  int workspace() {
    return workspace;
  }

  /** Bytes in the GPU's memory that one network needs. */
  public long bytesOfANetwork() {
    return Float.BYTES * (3L * parameters + workspace) + Double.BYTES * 2L * shape.layers();
  }
}
