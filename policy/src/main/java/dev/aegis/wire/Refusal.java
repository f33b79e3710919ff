package dev.aegis.wire;

import java.util.Locale;

/** Why a frame is malformed. */
public enum Refusal {
  /** The length is below the size of a header, or the bytes end before the frame does. */
  TRUNCATED,
  /** The length is above what the type of frame may have. */
  OVERSIZED,
  /** A version of the protocol that is not spoken here. */
  VERSION,
  /** No such type of frame. */
  TYPE,
  /** Flags that mean nothing yet. */
  FLAGS,
  /** A question without a transaction, or a one-way frame with one. */
  TRANSACTION,
  /** A numbered frame without a number, or the other way round. */
  SEQUENCE,
  /** The size of a field passes the end of the frame. */
  FIELD_OVERRUN,
  /** No such field. */
  UNKNOWN_TAG,
  /** A field that this type of frame does not carry. */
  MISPLACED_TAG,
  /** A field that may stand once stands twice. */
  DUPLICATE_TAG,
  /** A field of another size than it must have. */
  FIELD_SIZE,
  /** A NUL where the kernel could not have seen one. */
  NUL,
  /** A field that must be there is not. */
  MISSING_TAG,
  /** A value outside its range. */
  VALUE,
  /** Text that is not UTF-8. */
  TEXT,
  /** More arguments or variables than are taken. */
  TOO_MANY;

  /** Return the word that test vectors use. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
