package dev.aegis.wire;

import dev.aegis.operation.Coverage;
import dev.aegis.operation.Operation;
import dev.aegis.operation.OperationKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads frames; everything that is not exactly as documented is refused. */
public final class FrameDecoder {

  private FrameDecoder() {}

  /**
   * Return the length of the frame that starts here, once its header is there and is sound.
   *
   * @param start bytes of the frame, from its first; left untouched
   * @return bytes of the whole frame, or -1 while the header is not complete
   */
  public static int length(ByteBuffer start) throws MalformedFrameException {
    return start.remaining() < Frame.HEADER_SIZE ? -1 : FrameHeader.read(start).length();
  }

  /** Read one frame from exactly its bytes. */
  public static Frame decode(ByteBuffer whole) throws MalformedFrameException {
    if (whole.remaining() < Frame.HEADER_SIZE) {
      throw new MalformedFrameException(Refusal.TRUNCATED, whole.remaining() + " bytes");
    }
    FrameHeader header = FrameHeader.read(whole);
    if (header.length() != whole.remaining()) {
      throw new MalformedFrameException(
          Refusal.TRUNCATED, whole.remaining() + " bytes of " + header.length());
    }
    ByteBuffer body = whole.duplicate();
    body.position(whole.position() + Frame.HEADER_SIZE);
    Fields fields = Fields.read(header.type(), body);
    return switch (header.type()) {
      case HELLO -> hello(fields);
      case ASK -> ask(header, fields);
      case REPORT ->
          new Frame.Report(header.sequence(), OperationFields.read(fields), fields.flag(Tag.FRESH));
      case FORKED -> forked(fields);
      case ATTACH -> new Frame.Attach(header.transaction(), fields.needLong(Tag.REQUEST));
      case RELEASED -> new Frame.Released(fields.needLong(Tag.REQUEST));
      case COUNTS -> counts(fields);
      case REFUSED -> refused(header, fields);
      case VERDICT -> verdict(header, fields);
      case HELD -> new Frame.Held(header.transaction(), fields.needLong(Tag.REQUEST));
    };
  }

  private static Frame hello(Fields fields) throws MalformedFrameException {
    Front front =
        Front.ofCode(fields.needByte(Tag.FRONT))
            .orElseThrow(() -> new MalformedFrameException(Refusal.VALUE, "FRONT"));
    Coverage coverage = OperationFields.coverage(fields);
    return new Frame.Hello(
        front,
        coverage,
        fields.has(Tag.COVERAGE_REASON)
            ? OptionalInt.of(OperationFields.coverageReason(fields))
            : OptionalInt.empty());
  }

  private static Frame ask(FrameHeader header, Fields fields) throws MalformedFrameException {
    Operation operation = OperationFields.read(fields);
    if (header.length() > Frame.LARGEST && operation.kind() != OperationKind.EXECUTE) {
      throw new MalformedFrameException(
          Refusal.OVERSIZED, header.length() + " bytes for " + operation.kind());
    }
    return new Frame.Ask(
        header.transaction(), header.sequence(), operation, fields.flag(Tag.FRESH));
  }

  private static Frame forked(Fields fields) throws MalformedFrameException {
    int child = fields.needInt(Tag.CHILD);
    if (child <= 0) {
      throw new MalformedFrameException(Refusal.VALUE, "CHILD " + child);
    }
    return new Frame.Forked(child);
  }

  private static Frame counts(Fields fields) throws MalformedFrameException {
    ByteBuffer content = fields.need(Tag.COUNTS);
    List<Long> byKind = new ArrayList<>();
    while (content.hasRemaining()) {
      byKind.add(content.getLong());
    }
    return new Frame.Counts(byKind);
  }

  private static Frame refused(FrameHeader header, Fields fields) throws MalformedFrameException {
    return new Frame.Refused(
        header.transaction(),
        header.sequence(),
        OperationFields.read(fields),
        fields.flag(Tag.FRESH),
        fields.needText(Tag.RULE),
        fields.needText(Tag.REASON));
  }

  private static Frame verdict(FrameHeader header, Fields fields) throws MalformedFrameException {
    Answer answer =
        Answer.ofCode(fields.needByte(Tag.VERDICT))
            .orElseThrow(() -> new MalformedFrameException(Refusal.VALUE, "VERDICT"));
    if (answer == Answer.HELD && !fields.has(Tag.REQUEST)) {
      throw new MalformedFrameException(Refusal.MISSING_TAG, "REQUEST");
    }
    return new Frame.Verdict(
        header.transaction(),
        answer,
        fields.has(Tag.REQUEST)
            ? OptionalLong.of(fields.needLong(Tag.REQUEST))
            : OptionalLong.empty(),
        fields.has(Tag.ERRNO) ? OptionalInt.of(fields.needInt(Tag.ERRNO)) : OptionalInt.empty(),
        fields.text(Tag.RULE),
        fields.text(Tag.REASON),
        fields.flag(Tag.TELL));
  }
}
