package org.initlab.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.initlab.device.Backend.Wish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What runs on which card, on recorded answers of nvidia-smi. */
class BackendTest {

  private static final Set<GpuCode> ALL = EnumSet.allOf(GpuCode.class);

  static Stream<Arguments> cards() {
    return Stream.of(
        card(RecordedGpus.K40, "sm_35", ""),
        card(RecordedGpus.GTX_1080, "sm_61", "ND4J"),
        card(RecordedGpus.V100, "sm_70", "ND4J"),
        card(RecordedGpus.T4, "sm_75", "ND4J"),
        card(RecordedGpus.A100, "sm_80", "ND4J PTX"),
        card(RecordedGpus.A100_MIG, "sm_80", "ND4J PTX"),
        card(RecordedGpus.RTX_4090, "sm_89", "ND4J PTX"),
        card(RecordedGpus.H100, "sm_90", "PTX"),
        card(RecordedGpus.B200, "sm_100", "PTX"),
        card(RecordedGpus.RTX_5090, "sm_120", "PTX"));
  }

  private static Arguments card(String row, String sm, String usable) {
    return Arguments.of(row, sm, usable);
  }

  @ParameterizedTest
  @MethodSource("cards")
  void eachCardUsesTheCodeThatIsMadeForIt(String row, String sm, String usable) {
    Backend backend = decide(Wish.AUTO, row);

    GpuVerdict verdict = backend.verdicts().get(0);
    assertThat(verdict.says()).contains(sm);
    assertThat(
            String.join(
                " ",
                EnumSet.allOf(GpuCode.class).stream()
                    .filter(verdict.usable()::contains)
                    .map(Enum::name)
                    .toList()))
        .isEqualTo(usable);
    assertThat(backend.chosen().isPresent()).isEqualTo(!usable.isEmpty());
  }

  @Test
  void theLineOfAGpuSaysWhatAndWhy() {
    assertThat(decide(Wish.CUDA, RecordedGpus.H100).verdicts().get(0).says())
        .isEqualTo(
            "NVIDIA H100 80GB HBM3 sm_90: nd4j-cuda 11.6 has no code for it; using InitLab's own"
                + " kernels");
    assertThat(decide(Wish.CUDA, RecordedGpus.T4).verdicts().get(0).says())
        .isEqualTo(
            "Tesla T4 sm_75: InitLab's own kernels have no code for it; using nd4j-cuda 11.6");
    assertThat(decide(Wish.CUDA, RecordedGpus.A100).says())
        .isEqualTo(
            "Computing on GPU 0, NVIDIA A100-SXM4-80GB sm_80: using nd4j-cuda 11.6 and InitLab's"
                + " own kernels.");
    assertThat(decide(Wish.CUDA, RecordedGpus.K40).verdicts().get(0).says())
        .endsWith("no code for it; not used");
  }

  @Test
  void aGpuThatCannotBeUsedSaysWhatToDo() {
    assertThat(says(RecordedGpus.H100.replace("Default", "Prohibited")))
        .contains("compute mode is prohibited (nvidia-smi -i 0 -c DEFAULT); not used");
    assertThat(says(RecordedGpus.A100.replace("81037", "300")))
        .contains(
            "only 300 MiB of its memory are free, nd4j-cuda 11.6 needs 1024",
            "InitLab's own kernels need 512",
            "not used");
    assertThat(says(RecordedGpus.A100.replace("81037", "800")))
        .contains("nd4j-cuda 11.6 needs 1024", "using InitLab's own kernels");
    assertThat(says(RecordedGpus.V100.replace("470.57.02", "418.87.01")))
        .contains("driver 418.87.01 is too old, CUDA 11 needs 450.80.02 or later; not used");
    assertThat(says(RecordedGpus.V100.replace(", 7.0,", ", [N/A],")))
        .contains("driver 470.57.02 does not tell its compute capability");
  }

  @Test
  void theLeastDriverIsEnough() {
    assertThat(says(RecordedGpus.V100.replace("470.57.02", "450.80.02"))).contains("using nd4j");
    assertThat(says(RecordedGpus.V100.replace("470.57.02", "450.80.01"))).contains("too old");
    assertThat(says(RecordedGpus.V100.replace("470.57.02", "450.80"))).contains("too old");
  }

  @Test
  void anExclusiveGpuIsUsedUntilAnotherComputesOnIt() {
    String rows = RecordedGpus.HEADER + RecordedGpus.T4.replace("Default", "Exclusive_Process");

    assertThat(answering(rows, "\n").refuses()).isFalse();
    Backend busy = answering(rows, "GPU-t4\n");
    assertThat(busy.refuses()).isTrue();
    assertThat(busy.says()).contains("in exclusive mode and another process computes on it");
  }

  @Test
  void aCutGpuWithoutInstancesIsNotUsed() {
    GpuSurvey survey =
        RecordedGpus.answering(
            Map.of(
                "--query-gpu",
                RecordedGpus.HEADER + RecordedGpus.A100_MIG,
                "-L",
                "GPU 0: NVIDIA A100-SXM4-80GB (UUID: GPU-a100)\n"));

    assertThat(decide(Wish.AUTO, survey, Optional.empty(), ALL, file -> true).says())
        .contains("it is in MIG mode and has no instance");
  }

  @Test
  void whatIsNotBuiltOrLacksALibraryIsNotPromised() {
    GpuSurvey t4 = RecordedGpus.survey(RecordedGpus.T4);

    assertThat(decide(Wish.AUTO, t4, Optional.empty(), Set.of(), file -> true).says())
        .contains("nd4j-cuda 11.6 could run, but is not in this build (mvn -Pcuda package)");
    assertThat(decide(Wish.AUTO, t4, Optional.empty(), ALL, "libcusolver.so.11"::equals).says())
        .contains("nd4j-cuda 11.6 needs libcublas.so.11 of CUDA 11");
  }

  @Test
  void aDemandedGpuIsRefusedAndAnOptionalOneIsTheCpu() {
    GpuSurvey none = GpuSurvey.none("there is no nvidia-smi here");

    Backend demanded = decide(Wish.CUDA, none, Optional.empty(), ALL, file -> true);
    assertThat(demanded.refuses()).isTrue();
    assertThat(demanded.says())
        .isEqualTo(
            "INITLAB_BACKEND=cuda, but no GPU can be used: there is no nvidia-smi here. Mend that,"
                + " or set INITLAB_BACKEND=auto for the CPU.");

    Backend auto = decide(Wish.AUTO, none, Optional.empty(), ALL, file -> true);
    assertThat(auto.refuses()).isFalse();
    assertThat(auto.says()).isEqualTo("Computing on the CPU: there is no nvidia-smi here.");

    assertThat(decide(Wish.CPU, RecordedGpus.H100).chosen()).isEmpty();
  }

  @Test
  void hiddenGpusAreNamedAsSuch() {
    GpuSurvey survey = RecordedGpus.survey(RecordedGpus.T4);

    assertThat(decide(Wish.CUDA, survey, Optional.of(""), ALL, file -> true).says())
        .contains("CUDA_VISIBLE_DEVICES is '', which shows none of the 1 GPUs here");
  }

  @Test
  void theFirstUsableGpuIsChosen() {
    String k40 = RecordedGpus.K40;
    String h100 = RecordedGpus.H100.replaceFirst("^0", "1");

    assertThat(decide(Wish.CUDA, k40, h100).chosen().orElseThrow().device().gpu().index())
        .isEqualTo(1);
  }

  @Test
  void wishesAreReadStrictly() {
    assertThat(Wish.of("")).isEqualTo(Wish.CPU);
    assertThat(Wish.of("auto")).isEqualTo(Wish.AUTO);
    assertThatThrownBy(() -> Wish.of("gpu"))
        .hasMessage("INITLAB_BACKEND is 'gpu'. Allowed: cpu, cuda, auto.");
  }

  @Test
  void theScriptForSparkHasTheSameTable() throws IOException {
    String script = Files.readString(Path.of("../clusters/find-gpus"));

    for (GpuCode code : GpuCode.values()) {
      Matcher row =
          Pattern.compile("(?m)^ *" + code.key() + "\\) low=([0-9]+) high=([0-9]+) ;;$")
              .matcher(script);
      assertThat(row.find()).isTrue();
      assertThat(Integer.parseInt(row.group(1))).isEqualTo(tenths(code.least()));
      assertThat(Integer.parseInt(row.group(2)))
          .isEqualTo(code.most().map(BackendTest::tenths).orElse(9999));
    }
  }

  @Test
  void aLibraryOfThisMachineIsFoundAndAnotherIsNot() {
    assertThat(SharedLibraries.canBeLoaded("libnobody.so.11")).isFalse();
    assertThat(SharedLibraries.canBeLoaded(Platform.isLinux() ? "libm.so.6" : "c")).isTrue();
  }

  private static int tenths(ComputeCapability capability) {
    return capability.major() * 10 + capability.minor();
  }

  private static String says(String row) {
    return decide(Wish.AUTO, row).verdicts().get(0).says();
  }

  private static Backend answering(String rows, String apps) {
    GpuSurvey survey =
        RecordedGpus.answering(Map.of("--query-gpu", rows, "--query-compute-apps", apps));
    return decide(Wish.CUDA, survey, Optional.empty(), ALL, file -> true);
  }

  private static Backend decide(Wish wish, String... rows) {
    return decide(wish, RecordedGpus.survey(rows), Optional.empty(), ALL, file -> true);
  }

  private static Backend decide(
      Wish wish,
      GpuSurvey survey,
      Optional<String> visible,
      Set<GpuCode> built,
      Predicate<String> library) {
    return Backend.decide(wish, survey, visible, built, library);
  }
}
