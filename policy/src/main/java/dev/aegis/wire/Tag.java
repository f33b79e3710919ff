package dev.aegis.wire;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The name of a field, with the shape of its content. */
enum Tag {
  KIND(1, Shape.FIXED, 2),
  PATH(2, Shape.PATH, 0),
  PATH2(3, Shape.PATH, 0),
  SPELLED(4, Shape.PATH, 0),
  CWD(5, Shape.PATH, 0),
  ARG(6, Shape.REPEATED, 0),
  ENV(7, Shape.REPEATED, 0),
  IDENTITY(8, Shape.FIXED, 64),
  IDENTITY2(9, Shape.FIXED, 64),
  OPEN_FLAGS(10, Shape.FIXED, 4),
  MODE(11, Shape.FIXED, 4),
  INTERPRETER(12, Shape.PATH, 0),
  COVERAGE(13, Shape.FIXED, 1),
  COVERAGE_REASON(14, Shape.FIXED, 1),
  ADDRESS(15, Shape.BOUNDED, 128),
  SIGNAL(16, Shape.FIXED, 4),
  TARGET(17, Shape.FIXED, 4),
  NUMBER(18, Shape.FIXED, 4),
  FRONT(19, Shape.FIXED, 1),
  REQUEST(20, Shape.FIXED, 8),
  VERDICT(21, Shape.FIXED, 1),
  ERRNO(22, Shape.FIXED, 4),
  RULE(23, Shape.BOUNDED, 1024),
  REASON(24, Shape.BOUNDED, 1024),
  CHILD(25, Shape.FIXED, 4),
  COUNTS(26, Shape.FIXED, 96),
  FRESH(27, Shape.FIXED, 1),
  DETAIL(28, Shape.BOUNDED, 32),
  SPAWN(29, Shape.FIXED, 1),
  TELL(30, Shape.FIXED, 1);

  /** How the size of a field is judged. */
  enum Shape {
    /** Exactly so many bytes. */
    FIXED,
    /** At most so many bytes. */
    BOUNDED,
    /** Any bytes but NUL. */
    PATH,
    /** Any bytes but NUL, any number of times. */
    REPEATED
  }

  /** The fields that describe an operation. */
  static final Set<Tag> OF_OPERATION =
      Collections.unmodifiableSet(
          EnumSet.of(
              KIND,
              PATH,
              PATH2,
              SPELLED,
              CWD,
              ARG,
              ENV,
              IDENTITY,
              IDENTITY2,
              OPEN_FLAGS,
              MODE,
              INTERPRETER,
              COVERAGE,
              COVERAGE_REASON,
              ADDRESS,
              SIGNAL,
              TARGET,
              NUMBER,
              FRESH,
              DETAIL,
              SPAWN));

  /** The fields that describe an operation and why it was refused. */
  static final Set<Tag> OF_REFUSAL = withRefusal();

  private static Set<Tag> withRefusal() {
    Set<Tag> tags = EnumSet.copyOf(OF_OPERATION);
    tags.add(RULE);
    tags.add(REASON);
    return Collections.unmodifiableSet(tags);
  }

  private static final Tag[] BY_CODE = new Tag[31];

  static {
    for (Tag tag : values()) {
      BY_CODE[tag.code] = tag;
    }
  }

  private final int code;
  private final Shape shape;
  private final int size;

  Tag(int code, Shape shape, int size) {
    this.code = code;
    this.shape = shape;
    this.size = size;
  }

  int code() {
    return code;
  }

  Shape shape() {
    return shape;
  }

  /** Return the exact or the largest size in bytes, where the shape has one. */
  int size() {
    return size;
  }

  /** Find the tag with a wire number, or null: this stands in the loop over every field. */
  static Tag ofCode(int code) {
    return code < BY_CODE.length ? BY_CODE[code] : null;
  }
}
