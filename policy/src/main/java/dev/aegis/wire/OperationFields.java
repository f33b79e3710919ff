package dev.aegis.wire;

import dev.aegis.operation.Coverage;
import dev.aegis.operation.FileIdentity;
import dev.aegis.operation.Operation;
import dev.aegis.operation.OperationKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Reads the operation that an ASK or a REPORT is about. */
final class OperationFields {

  private static final int LAST_COVERAGE_REASON = 8;
  private static final int LAST_SIGNAL = 64;
  private static final long NANOS = 1_000_000_000L;

  private OperationFields() {}

  static Operation read(Fields fields) throws MalformedFrameException {
    int code = fields.need(Tag.KIND).getShort() & 0xFFFF;
    OperationKind kind =
        OperationKind.ofCode(code)
            .orElseThrow(() -> new MalformedFrameException(Refusal.VALUE, "KIND " + code));
    return switch (kind) {
      case EXECUTE -> execute(fields);
      case READ_FILE, WRITE_FILE, DELETE_FILE, MOVE_FILE, CHANGE_MODE -> fileAccess(kind, fields);
      case CONNECT, BIND -> SocketAddressField.read(kind, fields);
      case SIGNAL -> signal(fields);
      case TRACE, MOUNT, SYSTEM ->
          new Operation.SystemCall(
              kind, call(fields), fields.bytes(Tag.PATH), fields.intOrZero(Tag.TARGET));
    };
  }

  private static Operation execute(Fields fields) throws MalformedFrameException {
    return new Operation.Execute(
        fields.absolutePath(Tag.PATH),
        fields.has(Tag.INTERPRETER)
            ? Optional.of(fields.absolutePath(Tag.INTERPRETER))
            : Optional.empty(),
        fields.arguments(),
        fields.absolutePath(Tag.CWD),
        fields.environment(),
        identity(fields.need(Tag.IDENTITY)),
        coverage(fields),
        fields.has(Tag.COVERAGE_REASON) ? coverageReason(fields) : 0,
        fields.flag(Tag.SPAWN));
  }

  private static Operation fileAccess(OperationKind kind, Fields fields)
      throws MalformedFrameException {
    String call = call(fields);
    return new Operation.FileAccess(
        kind,
        call,
        fields.absolutePath(Tag.PATH),
        fields.bytes(Tag.PATH2),
        fields.bytes(Tag.SPELLED),
        optionalIdentity(fields, Tag.IDENTITY),
        optionalIdentity(fields, Tag.IDENTITY2),
        fields.intOrZero(Tag.OPEN_FLAGS),
        fields.intOrZero(Tag.MODE));
  }

  private static Operation signal(Fields fields) throws MalformedFrameException {
    int signal = fields.needInt(Tag.SIGNAL);
    if (signal < 0 || signal > LAST_SIGNAL) {
      throw new MalformedFrameException(Refusal.VALUE, "SIGNAL " + signal);
    }
    return new Operation.Signal(fields.needInt(Tag.TARGET), signal);
  }

  private static String call(Fields fields) throws MalformedFrameException {
    ByteBuffer content = fields.need(Tag.DETAIL);
    for (int i = 0; i < content.limit(); i++) {
      if (content.get(i) <= ' ' || content.get(i) > '~') {
        throw new MalformedFrameException(Refusal.TEXT, "DETAIL");
      }
    }
    if (!content.hasRemaining()) {
      throw new MalformedFrameException(Refusal.VALUE, "DETAIL is empty");
    }
    return StandardCharsets.US_ASCII.decode(content).toString();
  }

  static Coverage coverage(Fields fields) throws MalformedFrameException {
    return Coverage.ofCode(fields.needByte(Tag.COVERAGE))
        .orElseThrow(() -> new MalformedFrameException(Refusal.VALUE, "COVERAGE"));
  }

  static int coverageReason(Fields fields) throws MalformedFrameException {
    int reason = fields.needByte(Tag.COVERAGE_REASON);
    if (reason > LAST_COVERAGE_REASON) {
      throw new MalformedFrameException(Refusal.VALUE, "COVERAGE_REASON " + reason);
    }
    return reason;
  }

  private static Optional<FileIdentity> optionalIdentity(Fields fields, Tag tag)
      throws MalformedFrameException {
    return fields.has(tag) ? Optional.of(identity(fields.need(tag))) : Optional.empty();
  }

  private static FileIdentity identity(ByteBuffer in) throws MalformedFrameException {
    long device = in.getLong();
    long inode = in.getLong();
    long size = in.getLong();
    long modifiedSeconds = in.getLong();
    long modifiedNanos = Integer.toUnsignedLong(in.getInt());
    long bornNanos = Integer.toUnsignedLong(in.getInt());
    long bornSeconds = in.getLong();
    Instant modified = instant(modifiedSeconds, modifiedNanos);
    Instant born = instant(bornSeconds, bornNanos);
    int mode = in.getInt();
    int links = in.getInt();
    int uid = in.getInt();
    int gid = in.getInt();
    return new FileIdentity(device, inode, size, modified, born, mode, links, uid, gid);
  }

  private static Instant instant(long seconds, long nanos) throws MalformedFrameException {
    if (nanos >= NANOS
        || seconds < Instant.MIN.getEpochSecond()
        || seconds > Instant.MAX.getEpochSecond()) {
      throw new MalformedFrameException(Refusal.VALUE, "time " + seconds + "." + nanos);
    }
    return Instant.ofEpochSecond(seconds, nanos);
  }
}
