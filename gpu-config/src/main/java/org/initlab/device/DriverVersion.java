package org.initlab.device;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The version of NVIDIA's driver: 450.80.02. It is not CUDA's.
 *
 * @param parts from the first on
 */
public record DriverVersion(List<Integer> parts) implements Comparable<DriverVersion> {

  public DriverVersion {
    parts = List.copyOf(parts);
  }

  /** Reads "535.129.03"; nothing where the text is of another form. */
  public static Optional<DriverVersion> parse(String text) {
    return text.strip().matches("[0-9]{1,5}(\\.[0-9]{1,5})*")
        ? Optional.of(
            new DriverVersion(
                Arrays.stream(text.strip().split("\\.")).map(Integer::valueOf).toList()))
        : Optional.empty();
  }

  @Override
  public int compareTo(DriverVersion other) {
    int most = Math.max(parts.size(), other.parts.size());
    for (int i = 0; i < most; i++) {
      int order = Integer.compare(part(i), other.part(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private int part(int i) {
    return i < parts.size() ? parts.get(i) : 0;
  }
}
