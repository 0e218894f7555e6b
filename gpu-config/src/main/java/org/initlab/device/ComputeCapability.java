package org.initlab.device;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The generation of a GPU: machine code is made for one, and runs on the same major number with the
 * same or a higher minor one. Source: NVIDIA, CUDA C++ Programming Guide, section 3.1.2, "Binary
 * Compatibility". It is not the version of CUDA.
 *
 * @param major 7 for Volta and Turing, 8 for Ampere and Ada, 9 for Hopper, 10 and 12 for Blackwell
 * @param minor within it
 */
public record ComputeCapability(int major, int minor) implements Comparable<ComputeCapability> {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,3})\\.([0-9]{1,2})");

  /** Reads "8.6"; nothing where the text is of another form, as "[N/A]". */
  public static Optional<ComputeCapability> parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    return form.matches()
        ? Optional.of(
            new ComputeCapability(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2))))
        : Optional.empty();
  }

  /** The compiler's name: sm_86. */
  public String sm() {
    return "sm_" + major + minor;
  }

  @Override
  public int compareTo(ComputeCapability other) {
    return Comparator.comparingInt(ComputeCapability::major)
        .thenComparingInt(ComputeCapability::minor)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
