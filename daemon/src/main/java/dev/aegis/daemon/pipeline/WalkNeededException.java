package dev.aegis.daemon.pipeline;

/** A decision needs the file system, for which its thread must not wait; ask again elsewhere. */
final class WalkNeededException extends RuntimeException {

  private static final long serialVersionUID = 1;

  WalkNeededException() {
    super("needs the file system", null, false, false);
  }
}
