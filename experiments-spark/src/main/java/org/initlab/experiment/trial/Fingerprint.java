package org.initlab.experiment.trial;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of some bytes, in hexadecimal. */
final class Fingerprint {

  private Fingerprint() {}

  /** The hash of these arrays, one after another. */
  static String of(byte[]... parts) {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        hash.update(part);
      }
      return HexFormat.of().formatHex(hash.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
