package org.initlab.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an executor sets before it loads a native library. */
class ExecutorSetupTest {

  private static final Machine SERVER = new Machine("server", Set.of("avx512f"), 8, 0, "Linux");
  private static final ClassLoader LOADER = ExecutorSetupTest.class.getClassLoader();
  private static final Machine OLD = new Machine("old", Set.of("sse3"), 2, 0, "Linux");

  @Test
  void kernelsAndOneThreadAreSet() {
    assertThat(ExecutorSetup.of(SERVER, Map.of()))
        .isEqualTo(
            Map.of(
                "OPENBLAS_CORETYPE",
                "SkylakeX",
                "OPENBLAS_NUM_THREADS",
                "1",
                "OMP_NUM_THREADS",
                "1"));
    assertThat(ExecutorSetup.of(OLD, Map.of())).doesNotContainKey("OPENBLAS_CORETYPE");
  }

  @Test
  void whatTheUserHasSetStays() {
    Map<String, String> theirs = Map.of("OPENBLAS_CORETYPE", "Haswell", "OMP_NUM_THREADS", "2");

    assertThat(ExecutorSetup.of(SERVER, theirs)).isEqualTo(Map.of("OPENBLAS_NUM_THREADS", "1"));
  }

  /** On the CPU a card that is put in changes nothing, as no library sees it. */
  @Test
  void withoutAWishNoGpuIsSeen() {
    Backend backend =
        ExecutorSetup.backend("", Map.of("CUDA_VISIBLE_DEVICES", "0"), List.of("2"), LOADER);

    assertThat(backend.refuses()).isFalse();
    assertThat(ExecutorSetup.of(OLD, Map.of(), backend))
        .containsEntry("CUDA_VISIBLE_DEVICES", "")
        .containsEntry("INITLAB_GPU_CODE", "");
  }

  /** The one of those that the cluster gave, whatever the environment shows. */
  @Test
  void theGpuIsOneOfThoseThatTheClusterGave() {
    GpuSurvey three =
        RecordedGpus.survey(
            RecordedGpus.H100,
            RecordedGpus.K40.replaceFirst("^0", "1"),
            RecordedGpus.A100.replaceFirst("^0", "2"));
    Backend second =
        Backend.decide(
            Backend.Wish.CUDA, three, Optional.of("1,2"), Set.of(GpuCode.PTX), file -> true);

    assertThat(ExecutorSetup.of(OLD, Map.of("CUDA_VISIBLE_DEVICES", "0"), second))
        .containsEntry("CUDA_VISIBLE_DEVICES", "GPU-a100")
        .containsEntry("CUDA_DEVICE_ORDER", "PCI_BUS_ID")
        .containsEntry("INITLAB_GPU_CODE", "ptx");
  }

  @Test
  void aWishThatNobodyCanReadRefusesAndEndsNothing() {
    Backend backend = ExecutorSetup.backend("gpu", Map.of(), List.of(), LOADER);

    assertThat(backend.refuses()).isTrue();
    assertThat(backend.says()).isEqualTo("INITLAB_BACKEND is 'gpu'. Allowed: cpu, cuda, auto.");
    assertThat(ExecutorSetup.backend("", Map.of("INITLAB_BACKEND", "x"), List.of(), LOADER).says())
        .startsWith("INITLAB_BACKEND is 'x'");
  }

  @Test
  void nativeLibrariesReadWhatIsSetAndJavaDoesNot() {
    NativeEnvironment.set("INITLAB_TEST", "seen");

    assertThat(NativeEnvironment.get("INITLAB_TEST")).isEqualTo("seen");
    assertThat(System.getenv("INITLAB_TEST")).isNull();
    assertThat(NativeEnvironment.get("INITLAB_NEVER_SET")).isEmpty();
  }
}
