package dev.aegis.operation;

import java.util.Optional;

/** Why a program has the coverage that it has. */
public enum CoverageReason {
  DYNAMIC(0, "dynamic"),
  STATIC(1, "static"),
  SET_ID(2, "set-id"),
  FILE_CAPABILITIES(3, "file capabilities"),
  FOREIGN_CLASS(4, "foreign class"),
  UNREADABLE(5, "unreadable"),
  FOREIGN_LIBC(6, "foreign libc"),
  NOT_ELF(7, "not ELF"),
  RAW_CALLS(8, "raw system calls");

  private final int code;
  private final String label;

  CoverageReason(int code, String label) {
    this.code = code;
    this.label = label;
  }

  /** Return the number on the wire. */
  public int code() {
    return code;
  }

  /** Return the words that people and JSON see. */
  public String label() {
    return label;
  }

  /** Find the reason with a wire number. */
  public static Optional<CoverageReason> ofCode(int code) {
    return code >= 0 && code < values().length ? Optional.of(values()[code]) : Optional.empty();
  }
}
