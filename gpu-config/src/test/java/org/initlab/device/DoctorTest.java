package org.initlab.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.initlab.device.Doctor.Finding;
import org.initlab.device.Doctor.Verdict;
import org.junit.jupiter.api.Test;

class DoctorTest {

  private static final Machine AVX512 = machine("sse3", "avx", "avx2", "fma", "avx512f");
  private static final Machine AVX2 = machine("sse3", "avx", "avx2", "fma");
  private static final Machine OLD = machine("sse3");

  @Test
  void aModernProcessorTakenForAPrescottIsBroken() {
    Finding found = find("OpenBLAS core", AVX512, "Prescott", Map.of("OMP_NUM_THREADS", "1"));

    assertThat(found.verdict()).isEqualTo(Verdict.BROKEN);
    assertThat(found.remedy()).contains("OPENBLAS_CORETYPE=SkylakeX");
  }

  @Test
  void theCoreFollowsTheFlags() {
    assertThat(AVX512.blasCore()).isEqualTo("SkylakeX");
    assertThat(AVX2.blasCore()).isEqualTo("Haswell");
    assertThat(OLD.blasCore()).isEmpty();
  }

  @Test
  void anOldProcessorMayUseOldKernels() {
    assertThat(find("OpenBLAS core", OLD, "Prescott", Map.of()).verdict()).isEqualTo(Verdict.GOOD);
  }

  @Test
  void manyThreadsAreAWarning() {
    assertThat(find("threads", AVX2, "Haswell", Map.of()).verdict()).isEqualTo(Verdict.WARNING);
    assertThat(find("threads", AVX2, "Haswell", Map.of("OMP_NUM_THREADS", "1")).verdict())
        .isEqualTo(Verdict.GOOD);
  }

  @Test
  void theRealLibraryNamesItsCore() {
    BlasCore core = BlasCore.inUse();

    assertThat(core.name()).matches("[A-Za-z0-9_]+");
    assertThat(core.threads()).isEqualTo(1);
  }

  @Test
  void thisMachineIsKnown() {
    Machine here = Machine.here();

    assertThat(here.cores()).isPositive();
    assertThat(here.processor()).isNotBlank();
  }

  private static Finding find(
      String subject, Machine machine, String core, Map<String, String> env) {
    List<Finding> findings = Doctor.examine(machine, new BlasCore(core, 2), env);
    return findings.stream().filter(f -> f.subject().equals(subject)).findFirst().orElseThrow();
  }

  private static Machine machine(String... flags) {
    return new Machine("test", Set.of(flags), 2, 1L << 34, "test");
  }
}
