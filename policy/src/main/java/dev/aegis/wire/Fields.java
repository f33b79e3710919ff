package dev.aegis.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of one frame, each checked against the shape of its tag. */
final class Fields {

  /* Enough for any command line that people or build tools write; an empty argument costs the
   * sender 6 bytes and this side ten times that. */
  private static final int MOST_REPEATED = 262_144;
  private static final int FIELD_HEADER = 6;

  private final Map<Tag, ByteBuffer> single = new EnumMap<>(Tag.class);
  private final List<String> arguments = new ArrayList<>();
  private final List<String> environment = new ArrayList<>();

  private Fields() {}

  /** Read all that remains in {@code in} as fields of a frame of this type. */
  static Fields read(FrameType type, ByteBuffer in) throws MalformedFrameException {
    Fields fields = new Fields();
    ByteBuffer rest = in.slice().order(ByteOrder.LITTLE_ENDIAN);
    while (rest.hasRemaining()) {
      if (rest.remaining() < FIELD_HEADER) {
        throw new MalformedFrameException(Refusal.FIELD_OVERRUN, "part of a field header");
      }
      int code = rest.getShort() & 0xFFFF;
      int size = rest.getInt();
      if (size < 0 || size > rest.remaining()) {
        throw new MalformedFrameException(
            Refusal.FIELD_OVERRUN, "tag " + code + " of size " + Integer.toUnsignedString(size));
      }
      ByteBuffer content = rest.slice(rest.position(), size).order(ByteOrder.LITTLE_ENDIAN);
      rest.position(rest.position() + size);
      fields.add(type, code, content);
    }
    return fields;
  }

  private void add(FrameType type, int code, ByteBuffer content) throws MalformedFrameException {
    Tag tag = Tag.ofCode(code);
    if (tag == null) {
      throw new MalformedFrameException(Refusal.UNKNOWN_TAG, "tag " + code);
    }
    if (!type.mayCarry(tag)) {
      throw new MalformedFrameException(Refusal.MISPLACED_TAG, tag + " in " + type);
    }
    checkContent(tag, content);
    if (tag.shape() == Tag.Shape.REPEATED) {
      List<String> list = tag == Tag.ARG ? arguments : environment;
      if (list.size() == MOST_REPEATED) {
        throw new MalformedFrameException(Refusal.TOO_MANY, tag + " over " + MOST_REPEATED);
      }
      list.add(WireText.decode(content));
    } else if (single.put(tag, content) != null) {
      throw new MalformedFrameException(Refusal.DUPLICATE_TAG, tag.toString());
    }
  }

  private static void checkContent(Tag tag, ByteBuffer content) throws MalformedFrameException {
    int size = content.remaining();
    switch (tag.shape()) {
      case FIXED -> require(size == tag.size(), Refusal.FIELD_SIZE, tag);
      case BOUNDED -> require(size <= tag.size(), Refusal.FIELD_SIZE, tag);
      case PATH, REPEATED -> {
        for (int i = 0; i < size; i++) {
          require(content.get(i) != 0, Refusal.NUL, tag);
        }
      }
    }
  }

  private static void require(boolean holds, Refusal refusal, Tag tag)
      throws MalformedFrameException {
    if (!holds) {
      throw new MalformedFrameException(refusal, tag.toString());
    }
  }

  boolean has(Tag tag) {
    return single.containsKey(tag);
  }

  List<String> arguments() {
    return arguments;
  }

  List<String> environment() {
    return environment;
  }

  /** Return the content of a field that must be there. */
  ByteBuffer need(Tag tag) throws MalformedFrameException {
    ByteBuffer content = single.get(tag);
    require(content != null, Refusal.MISSING_TAG, tag);
    return content.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  int needByte(Tag tag) throws MalformedFrameException {
    return need(tag).get() & 0xFF;
  }

  int needInt(Tag tag) throws MalformedFrameException {
    return need(tag).getInt();
  }

  long needLong(Tag tag) throws MalformedFrameException {
    return need(tag).getLong();
  }

  /** Return a number, or 0 without the field. */
  int intOrZero(Tag tag) throws MalformedFrameException {
    return has(tag) ? needInt(tag) : 0;
  }

  /** Read a field that is 0, 1 or absent. */
  boolean flag(Tag tag) throws MalformedFrameException {
    if (!has(tag)) {
      return false;
    }
    int value = needByte(tag);
    require(value <= 1, Refusal.VALUE, tag);
    return value == 1;
  }

  Optional<String> bytes(Tag tag) {
    return Optional.ofNullable(single.get(tag)).map(WireText::decode);
  }

  /** Return a path that must be there, absolute. */
  String absolutePath(Tag tag) throws MalformedFrameException {
    ByteBuffer content = need(tag);
    require(content.hasRemaining() && content.get(0) == '/', Refusal.VALUE, tag);
    return WireText.decode(content);
  }

  /** Return text that must be there, in UTF-8. */
  String needText(Tag tag) throws MalformedFrameException {
    require(has(tag), Refusal.MISSING_TAG, tag);
    return text(tag).orElseThrow();
  }

  /** Return text that must be UTF-8 where it stands. */
  Optional<String> text(Tag tag) throws MalformedFrameException {
    if (!has(tag)) {
      return Optional.empty();
    }
    try {
      return Optional.of(WireText.decodeStrictly(need(tag)));
    } catch (CharacterCodingException e) {
      throw new MalformedFrameException(Refusal.TEXT, tag.toString());
    }
  }
}
