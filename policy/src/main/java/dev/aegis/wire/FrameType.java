package dev.aegis.wire;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What a frame is for, and which fields it may carry. */
enum FrameType {
  HELLO(1, Exchange.ONE_WAY, EnumSet.of(Tag.FRONT, Tag.COVERAGE, Tag.COVERAGE_REASON)),
  ASK(2, Exchange.QUESTION, Tag.OF_OPERATION),
  REPORT(3, Exchange.ONE_WAY, Tag.OF_OPERATION),
  FORKED(4, Exchange.ONE_WAY, EnumSet.of(Tag.CHILD)),
  ATTACH(5, Exchange.QUESTION, EnumSet.of(Tag.REQUEST)),
  RELEASED(6, Exchange.ONE_WAY, EnumSet.of(Tag.REQUEST)),
  COUNTS(7, Exchange.ONE_WAY, EnumSet.of(Tag.COUNTS)),
  REFUSED(8, Exchange.QUESTION, Tag.OF_REFUSAL),
  VERDICT(
      64,
      Exchange.ANSWER,
      EnumSet.of(Tag.VERDICT, Tag.REQUEST, Tag.ERRNO, Tag.RULE, Tag.REASON, Tag.TELL)),
  HELD(65, Exchange.ANSWER, EnumSet.of(Tag.REQUEST));

  /** Who expects what of a frame. */
  enum Exchange {
    ONE_WAY,
    QUESTION,
    ANSWER
  }

  private static final FrameType[] BY_CODE = new FrameType[66];

  static {
    for (FrameType type : values()) {
      BY_CODE[type.code] = type;
    }
  }

  private final int code;
  private final Exchange exchange;
  /* One bit for each tag, by number. */
  private final long fields;

  FrameType(int code, Exchange exchange, Set<Tag> fields) {
    this.code = code;
    this.exchange = exchange;
    this.fields = fields.stream().mapToLong(tag -> 1L << tag.code()).sum();
  }

  int code() {
    return code;
  }

  Exchange exchange() {
    return exchange;
  }

  boolean mayCarry(Tag tag) {
    return (fields & (1L << tag.code())) != 0;
  }

  /** Tell whether frames of this type are numbered within their process image. */
  boolean isNumbered() {
    return this == ASK || this == REPORT || this == REFUSED;
  }

  static Optional<FrameType> ofCode(int code) {
    return code < BY_CODE.length ? Optional.ofNullable(BY_CODE[code]) : Optional.empty();
  }
}
