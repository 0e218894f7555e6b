package org.initlab.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an executor sets before it loads a native library. */
class ExecutorSetupTest {

  private static final Machine SERVER = new Machine("server", Set.of("avx512f"), 8, 0, "Linux");
  private static final Machine OLD = new Machine("old", Set.of("sse3"), 2, 0, "Linux");

  @Test
  void kernelsAndOneThreadAreSet() {
    assertThat(ExecutorSetup.of(SERVER, Map.of(), List.of()))
        .isEqualTo(
            Map.of(
                "OPENBLAS_CORETYPE",
                "SkylakeX",
                "OPENBLAS_NUM_THREADS",
                "1",
                "OMP_NUM_THREADS",
                "1"));
    assertThat(ExecutorSetup.of(OLD, Map.of(), List.of())).doesNotContainKey("OPENBLAS_CORETYPE");
  }

  @Test
  void whatTheUserHasSetStays() {
    Map<String, String> theirs = Map.of("OPENBLAS_CORETYPE", "Haswell", "OMP_NUM_THREADS", "2");

    assertThat(ExecutorSetup.of(SERVER, theirs, List.of()))
        .isEqualTo(Map.of("OPENBLAS_NUM_THREADS", "1"));
  }

  @Test
  void theGpusOfTheClusterCountWhateverIsSet() {
    assertThat(ExecutorSetup.of(OLD, Map.of("CUDA_VISIBLE_DEVICES", "0,1,2"), List.of("2")))
        .containsEntry("CUDA_VISIBLE_DEVICES", "2")
        .containsEntry("CUDA_DEVICE_ORDER", "PCI_BUS_ID");
  }

  @Test
  void nativeLibrariesReadWhatIsSetAndJavaDoesNot() {
    NativeEnvironment.set("INITLAB_TEST", "seen");

    assertThat(NativeEnvironment.get("INITLAB_TEST")).isEqualTo("seen");
    assertThat(System.getenv("INITLAB_TEST")).isNull();
    assertThat(NativeEnvironment.get("INITLAB_NEVER_SET")).isEmpty();
  }
}
