package org.initlab.device;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Answers in the form of nvidia-smi's, for machines that are not here. */
final class RecordedGpus {

  static final String HEADER =
      "index, name, uuid, driver_version, memory.total [MiB], memory.free [MiB], compute_mode,"
          + " compute_cap, mig.mode.current\n";

  static final String GTX_1080 =
      row(0, "NVIDIA GeForce GTX 1080", "1080", "535.129.03", 8192, 8010, "Default", "6.1");
  static final String V100 =
      row(0, "Tesla V100-SXM2-16GB", "v100", "470.57.02", 16160, 16157, "Default", "7.0");
  static final String T4 = row(0, "Tesla T4", "t4", "525.85.12", 15360, 15101, "Default", "7.5");
  static final String A100 =
      row(0, "NVIDIA A100-SXM4-80GB", "a100", "550.54.15", 81920, 81037, "Default", "8.0");
  static final String A100_MIG = A100.replace("[N/A]", "Enabled");
  static final String RTX_4090 =
      row(0, "NVIDIA GeForce RTX 4090", "4090", "560.35.03", 24564, 23982, "Default", "8.9");
  static final String H100 =
      row(0, "NVIDIA H100 80GB HBM3", "h100", "570.86.15", 81559, 81000, "Default", "9.0");
  static final String B200 =
      row(0, "NVIDIA B200", "b200", "580.65.06", 183359, 182640, "Default", "10.0");
  static final String RTX_5090 =
      row(0, "NVIDIA GeForce RTX 5090", "5090", "575.64", 32607, 32000, "Default", "12.0");
  static final String K40 =
      row(0, "Tesla K40m", "k40", "470.57.02", 11441, 11400, "Default", "3.5");

  /** nvidia-smi -L on an A100 that is cut into two. */
  static final String MIG_LIST =
      """
      GPU 0: NVIDIA A100-SXM4-80GB (UUID: GPU-a100)
        MIG 3g.40gb     Device  0: (UUID: MIG-11111111-a75d)
        MIG 3g.40gb     Device  1: (UUID: MIG-22222222-05e2)
      """;

  private RecordedGpus() {}

  private static String row(
      int index,
      String name,
      String uuid,
      String driver,
      long total,
      long free,
      String mode,
      String capability) {
    return String.join(
            ", ",
            Integer.toString(index),
            name,
            "GPU-" + uuid,
            driver,
            Long.toString(total),
            Long.toString(free),
            mode,
            capability,
            "[N/A]")
        + "\n";
  }

  /** What nvidia-smi with these rows is surveyed as. */
  static GpuSurvey survey(String... rows) {
    return answering(Map.of("--query-gpu", HEADER + String.join("", rows), "-L", MIG_LIST));
  }

  /** What an nvidia-smi is surveyed as that answers each question, by its first word, so. */
  static GpuSurvey answering(Map<String, String> answers) {
    return new NvidiaSmi(arguments -> answer(answers, arguments)).survey();
  }

  private static NvidiaSmi.Answer answer(Map<String, String> answers, List<String> arguments)
      throws IOException {
    String question = arguments.get(0).replaceAll("=.*", "");
    String said = answers.get(question);
    if (said == null) {
      throw new IOException("nobody recorded " + question);
    }
    return new NvidiaSmi.Answer(said.contains(",") ? 0 : 9, said);
  }
}
