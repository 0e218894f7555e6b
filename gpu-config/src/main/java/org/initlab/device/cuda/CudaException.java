package org.initlab.device.cuda;

/** The driver refuses a call, or a kernel failed; the message has the driver's own words. */
public final class CudaException extends RuntimeException {

  private final int code;

  CudaException(String call, int code, String says) {
    super(call + ": " + says);
    this.code = code;
  }

  /** The driver's number, a CUresult. */
  public int code() {
    return code;
  }
}
