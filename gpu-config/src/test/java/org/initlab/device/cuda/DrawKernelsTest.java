package org.initlab.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.initlab.device.cuda.DrawKernels.Stretch;
import org.junit.jupiter.api.Test;

/** The kernels of draws and the calls of the driver, on the emulator. */
class DrawKernelsTest {

  @Test
  void knownNumbersOfJaxComeOut() {
    // jax.random.uniform(key(0)), normal(key(42)), float32
    assertThat((draw(0, 0, 1)[0] + 1) / 2).isCloseTo(0.947667f, within(1e-6f));
    try (CudaDevice device = Emulator.device();
        DrawKernels kernels = new DrawKernels(device);
        DeviceMemory out = device.memory(4)) {
      kernels.normal(out, new Stretch(0, 42, 0, 1), 1);
      assertThat(read(out, 1)[0]).isCloseTo(-0.028304616f, within(1e-8f));
    }
  }

  @Test
  void anElementDependsOnItsNumberAlone() {
    float[] whole = draw(7, 0, 5000);
    float[] part = draw(7, 1234, 10);

    assertThat(part).containsExactly(java.util.Arrays.copyOfRange(whole, 1234, 1244));
    assertThat(draw(7, 1L << 32, 1)[0]).isNotEqualTo(whole[0]);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    try (CudaDevice device = Emulator.device();
        DrawKernels kernels = new DrawKernels(device);
        DeviceMemory out = device.memory(8)) {
      assertThatThrownBy(() -> kernels.uniform(out, new Stretch(0, 0, 0, 3), 1))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessageContaining("3 numbers do not fit into 8 bytes");
      kernels.uniform(out, new Stretch(0, 0, 0, 0), 1);
      assertThatThrownBy(() -> out.put(1, 1f, 2f)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> out.get(0, new double[2]))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void theDriversWordsAreTold() {
    try (CudaDevice device = Emulator.device();
        CudaModule module = device.module("draw");
        DeviceMemory out = device.memory(4)) {
      assertThatThrownBy(() -> module.kernel("draw_nothing"))
          .isInstanceOf(CudaException.class)
          .hasMessageContaining("cuModuleGetFunction: CUDA_ERROR_NOT_FOUND");
      assertThatThrownBy(() -> device.memory(1L << 40))
          .hasMessageContaining("cuMemAlloc: CUDA_ERROR_OUT_OF_MEMORY")
          .extracting(e -> ((CudaException) e).code())
          .isEqualTo(2);
      assertThatThrownBy(() -> module.kernel("draw_uniform").launch(1, 2000, 0, out))
          .hasMessageContaining("CUDA_ERROR_INVALID_VALUE");
      assertThatThrownBy(() -> module.kernel("draw_uniform").launch(1, 32, 0, "text"))
          .hasMessage("A kernel takes no String.");
      assertThatThrownBy(() -> device.module("nothing"))
          .hasMessage("This build has no kernels nothing.");
      assertThatThrownBy(() -> new CudaModule(device, "no PTX"))
          .hasMessageContaining("CUDA_ERROR_INVALID_PTX");
    }
  }

  @Test
  void aKernelThatWritesTooFarIsFound() {
    CudaDevice device = Emulator.device();
    try (CudaModule module = device.module("draw")) {
      DeviceMemory out = device.memory(16);
      module.kernel("draw_uniform").launch(1, 32, 0, out, 0L, 20L, 0, 0, 1f);

      assertThatThrownBy(out::close).hasMessageContaining("writes beyond an array");
    }
  }

  /** Else a barrier is missing. */
  @Test
  void orthogonalMatricesAreTheSameInWhateverOrderThreadsRun() {
    float[] forward = orthogonal(70, 41);
    Emulator.order(true);
    try {
      assertThat(orthogonal(70, 41)).isEqualTo(forward);
      assertThat(orthogonal(41, 70)).hasSameSizeAs(forward);
    } finally {
      Emulator.order(false);
    }
  }

  @Test
  void matricesThatDoNotFitOrAreNoneAreRefused() {
    try (CudaDevice device = Emulator.device();
        DrawKernels kernels = new DrawKernels(device);
        DeviceMemory out = device.memory(40)) {
      assertThatThrownBy(() -> kernels.orthogonal(out, new int[4], 3, 2, 1))
          .hasMessage("12 numbers do not fit into 40 bytes.");
      assertThatThrownBy(() -> kernels.orthogonal(out, new int[3], 3, 2, 1))
          .hasMessage("There are no matrices of 3 by 2 with 3 words of keys.");
    }
  }

  private static float[] orthogonal(int rows, int columns) {
    try (CudaDevice device = Emulator.device();
        DrawKernels kernels = new DrawKernels(device);
        DeviceMemory out = device.memory(8L * rows * columns)) {
      kernels.orthogonal(out, new int[] {1, 2, 3, 4}, rows, columns, 1);
      return read(out, 2 * rows * columns);
    }
  }

  @Test
  void memoryIsCopiedBothWaysAndGivenBack() {
    long before = Emulator.live();
    try (CudaDevice device = Emulator.device();
        DeviceMemory memory = device.memory(16)) {
      memory.put(0, 1f, 2f, 3f, 4f);
      memory.put(1, 5, 6);
      int[] whole = new int[2];
      memory.get(1, whole);
      assertThat(whole).containsExactly(5, 6);
      try (DeviceMemory copy = device.memory(16)) {
        memory.copyTo(copy);
        assertThat(read(copy, 4)[3]).isEqualTo(4f);
      }
      memory.clear();
      assertThat(read(memory, 4)).containsOnly(0f);
      assertThat(device.name()).isEqualTo("emulator");
      assertThat(device.capability()).isEqualTo(90);
      assertThat(device.sharedBytes()).isEqualTo(227 * 1024);
      assertThat(device.freeBytes()).isPositive();
    }
    assertThat(Emulator.live()).isEqualTo(before);
  }

  private static float[] draw(int seed, long from, int count) {
    try (CudaDevice device = Emulator.device();
        DrawKernels kernels = new DrawKernels(device);
        DeviceMemory out = device.memory(4L * count)) {
      kernels.uniform(out, new Stretch(0, seed, from, count), 1);
      return read(out, count);
    }
  }

  private static float[] read(DeviceMemory memory, int count) {
    float[] values = new float[count];
    memory.get(0, values);
    return values;
  }
}
