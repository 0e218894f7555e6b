package org.initlab.device;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * On what the trials of this process are computed: what the launcher chose and left in the
 * environment, or what has been decided here since. An executor decides when it starts; the driver
 * of a cluster is told by its executors.
 */
public final class ProcessBackend {

  private static volatile Set<GpuCode> code =
      codes(System.getenv().getOrDefault(BackendChoice.CODE, ""));

  private static volatile Optional<Backend> decided = Optional.empty();

  private ProcessBackend() {}

  /** The code that trials run on a GPU by; none where they run on the CPU. */
  public static Set<GpuCode> code() {
    return code;
  }

  /** Takes a decision for this process. */
  public static void decide(Backend backend) {
    decided = Optional.of(backend);
    expect(backend.code());
  }

  /** Says by which code trials run that others compute. */
  public static void expect(Set<GpuCode> theirs) {
    code = Set.copyOf(theirs);
  }

  /** The decision that was taken here, if one was. */
  public static Optional<Backend> decided() {
    return decided;
  }

  /** Why no trial may be computed here, a sentence; nothing where all is well. */
  public static Optional<String> refusal() {
    return decided.filter(Backend::refuses).map(Backend::says);
  }

  /** The code with these short names, parted by commas. */
  public static Set<GpuCode> codes(String keys) {
    Set<GpuCode> codes = EnumSet.noneOf(GpuCode.class);
    for (GpuCode one : GpuCode.values()) {
      if (Arrays.asList(keys.split(",")).contains(one.key())) {
        codes.add(one);
      }
    }
    return codes;
  }
}
