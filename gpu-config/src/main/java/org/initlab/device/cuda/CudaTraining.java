package org.initlab.device.cuda;

import java.util.ArrayList;
import java.util.List;

/**
 * Networks of one shape that are trained side by side, a block of threads each, by the kernels of
 * train.cu. Numbers of a network depend on no other. To be closed.
 */
public final class CudaTraining implements AutoCloseable {

  /**
   * What one launch does.
   *
   * @param done updates that came before
   * @param steps updates of this launch
   * @param rates of learning, [networks][steps]
   * @param corrections of Adam's step, [steps]
   * @param examples the numbers of some examples, [.][inputs]; none if the GPU holds them
   * @param labels one each
   * @param order which examples make the batches of each stream, [streams][steps][batch]
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Launch(
      int done,
      int steps,
      float[] rates,
      double[] corrections,
      float[] examples,
      int[] labels,
      int[] order) {}

  /**
   * What came of it.
   *
   * @param losses the mean of each batch before its update, [networks][steps]; of a network that
   *     has ended, of no meaning from its end on
   * @param ends for each network the update, from 1, at which its loss was NaN or infinite, or was
   *     retired; 0 if it lives
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Progress(double[] losses, int[] ends) {}

  /** The end of a network that is no longer of interest. */
  public static final int RETIRED = -1;

  private final CudaDevice device;
  private final TrainingPlan plan;
  private final int networks;
  private final CudaModule module;
  private final CudaKernel kernel;
  private final List<DeviceMemory> owned = new ArrayList<>();
  private final DeviceMemory numbers;
  private final DeviceMemory parameters;
  private final DeviceMemory first;
  private final DeviceMemory second;
  private final DeviceMemory workspace;
  private final DeviceMemory factors;
  private final DeviceMemory constants;
  private final DeviceMemory streams;
  private final DeviceMemory ends;
  private Examples held;

  /** Examples in the GPU's memory, for one launch or for as long as this lives. */
  private record Examples(DeviceMemory numbers, DeviceMemory labels, boolean passing)
      implements AutoCloseable {
    @Override
    public void close() {
      if (passing) {
        numbers.close();
        labels.close();
      }
    }
  }

  /** Room for so many networks. */
  public CudaTraining(CudaDevice device, TrainingPlan plan, int networks) {
    this.device = device;
    this.plan = plan;
    this.networks = networks;
    this.module = device.module("train");
    try {
      this.kernel = module.kernel(plan.kernel());
      int[] written = plan.numbers();
      this.numbers = floats(written.length);
      numbers.put(0, written);
      long all = (long) networks * plan.parameters();
      this.parameters = floats(all);
      this.first = floats(all);
      this.second = floats(all);
      this.workspace = floats((long) networks * plan.workspace());
      this.factors = own(Double.BYTES * 2L * networks * plan.shape().layers());
      this.constants = floats(2L * networks);
      this.streams = floats(networks);
      this.ends = floats(networks);
      first.clear();
      second.clear();
      ends.clear();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private DeviceMemory floats(long count) {
    return own(Float.BYTES * count);
  }

  private DeviceMemory own(long bytes) {
    DeviceMemory memory = device.memory(Math.max(Long.BYTES, bytes));
    owned.add(memory);
    return memory;
  }

  /**
   * Sets a network up.
   *
   * @param network its place
   * @param values weights and biases, as the plan lays them
   * @param memory with what the optimizer's first memory starts, everywhere
   * @param factorsOfRates of each layer's learning rates, for its kernel and its biases, in turn
   * @param decay of weights
   * @param momentum of the optimizer, if it has one
   * @param stream of its examples
   */
  public void start(
      int network,
      float[] values,
      float memory,
      double[] factorsOfRates,
      float decay,
      float momentum,
      int stream) {
    parameters.put((long) network * plan.parameters(), values);
    if (memory != 0) {
      float[] filled = new float[plan.parameters()];
      java.util.Arrays.fill(filled, memory);
      first.put((long) network * plan.parameters(), filled);
    }
    factors.put((long) network * factorsOfRates.length, factorsOfRates);
    constants.put(2L * network, decay, momentum);
    streams.put(network, stream);
  }

  /** Makes room for so many examples, which all launches from now on choose from. */
  public void hold(int count) {
    held = new Examples(floats((long) count * plan.shape().inputs()), floats(count), false);
  }

  /** Sends some of the examples that are held, from the place {@code at} on. */
  public void put(int at, float[] examples, int[] labels) {
    held.numbers().put((long) at * plan.shape().inputs(), examples);
    held.labels().put(at, labels);
  }

  private Examples examples(Launch launch) {
    if (held != null) {
      return held;
    }
    DeviceMemory numbers = device.memory(Float.BYTES * (long) launch.examples().length);
    DeviceMemory labels = device.memory(Integer.BYTES * (long) launch.labels().length);
    numbers.put(0, launch.examples());
    labels.put(0, launch.labels());
    return new Examples(numbers, labels, true);
  }

  /** Leaves a network as it is from now on. */
  public void retire(int network) {
    ends.put(network, RETIRED);
  }

  /** A network's weights and biases. */
  public float[] parameters(int network) {
    float[] values = new float[plan.parameters()];
    parameters.get((long) network * plan.parameters(), values);
    return values;
  }

  /** All networks' weights and biases, where the GPU holds them. */
  DeviceMemory parameters() {
    return parameters;
  }

  TrainingPlan plan() {
    return plan;
  }

  /** Trains all networks that live, and waits. */
  public Progress run(Launch launch) {
    Progress progress = new Progress(new double[networks * launch.steps()], new int[networks]);
    try (DeviceMemory rates = device.memory(Float.BYTES * (long) launch.rates().length);
        DeviceMemory corrections = device.memory(Double.BYTES * (long) launch.steps());
        Examples examples = examples(launch);
        DeviceMemory order = device.memory(Integer.BYTES * (long) launch.order().length);
        DeviceMemory losses = device.memory(Double.BYTES * (long) progress.losses().length)) {
      rates.put(0, launch.rates());
      corrections.put(0, launch.corrections());
      order.put(0, launch.order());
      kernel.launch(
          networks,
          plan.threads(),
          plan.sharedBytes(),
          numbers,
          parameters,
          first,
          second,
          workspace,
          rates,
          factors,
          constants,
          corrections,
          examples.numbers(),
          examples.labels(),
          order,
          streams,
          losses,
          ends,
          launch.done(),
          launch.steps());
      losses.get(0, progress.losses());
    }
    ends.get(0, progress.ends());
    return progress;
  }

  @Override
  public void close() {
    owned.forEach(DeviceMemory::close);
    module.close();
  }
}
