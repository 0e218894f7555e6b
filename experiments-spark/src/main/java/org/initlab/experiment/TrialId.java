package org.initlab.experiment;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A trial's name: the SHA-256 of its resolved arguments, in hexadecimal. Equal arguments give equal
 * ids on every machine, so what is left to do is a set difference.
 */
public record TrialId(String hex) implements Serializable, Comparable<TrialId> {

  public TrialId {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("A trial id has 64 hexadecimal digits, not: " + hex);
    }
  }

  /** The id of these arguments, written one {@code key=value} a line in the order of the keys. */
  public static TrialId ofText(String canonical) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
      return new TrialId(HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  /** The first eight digits, as people see them. */
  public String brief() {
    return hex.substring(0, 8);
  }

  @Override
  public int compareTo(TrialId other) {
    return hex.compareTo(other.hex);
  }
}
