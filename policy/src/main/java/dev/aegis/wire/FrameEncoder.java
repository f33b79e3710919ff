package dev.aegis.wire;

import dev.aegis.operation.FileIdentity;
import dev.aegis.operation.Operation;
import dev.aegis.operation.Operation.Execute;
import dev.aegis.operation.Operation.FileAccess;
import dev.aegis.operation.Operation.Signal;
import dev.aegis.operation.Operation.SocketAccess;
import dev.aegis.operation.Operation.SystemCall;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes frames, fields in the order of their tags. */
public final class FrameEncoder {

  private static final int LONGEST_TEXT = 1024;

  private FrameEncoder() {}

  /** Write one frame. */
  public static ByteBuffer encode(Frame frame) {
    if (frame instanceof Frame.Verdict verdict) {
      return verdict(verdict);
    }
    if (frame instanceof Frame.Held held) {
      return new FieldWriter()
          .putLong(Tag.REQUEST, held.request())
          .finish(FrameType.HELD, held.transaction(), 0);
    }
    if (frame instanceof Frame.Ask ask) {
      return operation(ask.operation(), ask.fresh(), FrameEncoder::nothing)
          .finish(FrameType.ASK, ask.transaction(), ask.sequence());
    }
    if (frame instanceof Frame.Report report) {
      return operation(report.operation(), report.fresh(), FrameEncoder::nothing)
          .finish(FrameType.REPORT, 0, report.sequence());
    }
    if (frame instanceof Frame.Refused refused) {
      return operation(refused.operation(), refused.fresh(), out -> why(out, refused))
          .finish(FrameType.REFUSED, refused.transaction(), refused.sequence());
    }
    if (frame instanceof Frame.Hello hello) {
      FieldWriter out = new FieldWriter().putByte(Tag.COVERAGE, hello.coverage().code());
      hello.coverageReason().ifPresent(reason -> out.putByte(Tag.COVERAGE_REASON, reason));
      return out.putByte(Tag.FRONT, hello.front().code()).finish(FrameType.HELLO, 0, 0);
    }
    if (frame instanceof Frame.Forked forked) {
      return new FieldWriter().putInt(Tag.CHILD, forked.child()).finish(FrameType.FORKED, 0, 0);
    }
    if (frame instanceof Frame.Attach attach) {
      return new FieldWriter()
          .putLong(Tag.REQUEST, attach.request())
          .finish(FrameType.ATTACH, attach.transaction(), 0);
    }
    if (frame instanceof Frame.Released released) {
      return new FieldWriter()
          .putLong(Tag.REQUEST, released.request())
          .finish(FrameType.RELEASED, 0, 0);
    }
    return counts((Frame.Counts) frame);
  }

  private static ByteBuffer counts(Frame.Counts counts) {
    byte[] content = new byte[Tag.COUNTS.size()];
    counts.byKind().forEach(FieldWriter.little(content)::putLong);
    return new FieldWriter().put(Tag.COUNTS, content).finish(FrameType.COUNTS, 0, 0);
  }

  private static ByteBuffer verdict(Frame.Verdict verdict) {
    FieldWriter out = new FieldWriter();
    verdict.request().ifPresent(request -> out.putLong(Tag.REQUEST, request));
    out.putByte(Tag.VERDICT, verdict.answer().code());
    verdict.errno().ifPresent(errno -> out.putInt(Tag.ERRNO, errno));
    verdict.rule().ifPresent(rule -> out.put(Tag.RULE, oneLine(rule)));
    verdict.reason().ifPresent(reason -> out.put(Tag.REASON, oneLine(reason)));
    out.putFlag(Tag.TELL, verdict.tell());
    return out.finish(FrameType.VERDICT, verdict.transaction(), 0);
  }

  /* What stands here ends on somebody's terminal: names that were not UTF-8 and control
   * characters become marks, and the text ends within its bound at a whole character. */
  private static byte[] oneLine(String text) {
    StringBuilder clean = new StringBuilder();
    int size = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      int type = Character.getType(point);
      if (type == Character.CONTROL || type == Character.SURROGATE || type == Character.FORMAT) {
        point = '?';
      }
      size += Character.toString(point).getBytes(StandardCharsets.UTF_8).length;
      if (size > LONGEST_TEXT) {
        break;
      }
      clean.appendCodePoint(point);
    }
    return clean.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void nothing(FieldWriter out) {}

  private static void why(FieldWriter out, Frame.Refused refused) {
    out.put(Tag.RULE, oneLine(refused.rule())).put(Tag.REASON, oneLine(refused.reason()));
  }

  /* The fields that come before FRESH by their numbers are written by more. */
  private static FieldWriter operation(
      Operation operation, boolean fresh, Consumer<FieldWriter> more) {
    FieldWriter out = new FieldWriter().putShort(Tag.KIND, operation.kind().code());
    if (operation instanceof Execute execute) {
      execute(out, execute);
      more.accept(out);
      out.putFlag(Tag.FRESH, fresh);
      out.putFlag(Tag.SPAWN, execute.spawned());
      return out;
    }
    if (operation instanceof FileAccess access) {
      fileAccess(out, access);
    } else if (operation instanceof SocketAccess access) {
      out.put(Tag.ADDRESS, SocketAddressWriter.write(access));
    } else if (operation instanceof Signal signal) {
      out.putInt(Tag.SIGNAL, signal.signal()).putInt(Tag.TARGET, signal.target());
    } else if (operation instanceof SystemCall call) {
      out.putText(Tag.PATH, call.path()).putInt(Tag.TARGET, call.target());
    }
    more.accept(out);
    out.putFlag(Tag.FRESH, fresh);
    if (operation instanceof FileAccess access) {
      out.putText(Tag.DETAIL, Optional.of(access.call()));
    } else if (operation instanceof SystemCall call) {
      out.putText(Tag.DETAIL, Optional.of(call.call()));
    }
    return out;
  }

  private static void execute(FieldWriter out, Execute execute) {
    out.putText(Tag.PATH, Optional.of(execute.path()));
    out.putText(Tag.CWD, Optional.of(execute.cwd()));
    execute.argv().forEach(argument -> out.put(Tag.ARG, WireText.encode(argument)));
    execute.environment().forEach(variable -> out.put(Tag.ENV, WireText.encode(variable)));
    out.put(Tag.IDENTITY, identity(execute.identity()));
    out.putText(Tag.INTERPRETER, execute.interpreter());
    out.putByte(Tag.COVERAGE, execute.coverage().code());
    out.putByte(Tag.COVERAGE_REASON, execute.coverageReason());
  }

  private static void fileAccess(FieldWriter out, FileAccess access) {
    out.putText(Tag.PATH, Optional.of(access.path()));
    out.putText(Tag.PATH2, access.otherPath());
    out.putText(Tag.SPELLED, access.spelled());
    access.identity().ifPresent(identity -> out.put(Tag.IDENTITY, identity(identity)));
    access.otherIdentity().ifPresent(identity -> out.put(Tag.IDENTITY2, identity(identity)));
    if (access.openFlags() != 0) {
      out.putInt(Tag.OPEN_FLAGS, access.openFlags());
    }
    if (access.mode() != 0) {
      out.putInt(Tag.MODE, access.mode());
    }
  }

  private static byte[] identity(FileIdentity identity) {
    Instant modified = identity.modified();
    long modifiedSeconds = modified.getEpochSecond();
    int modifiedNanos = modified.getNano();
    Instant born = identity.born();
    long bornSeconds = born.getEpochSecond();
    int bornNanos = born.getNano();
    byte[] content = new byte[Tag.IDENTITY.size()];
    FieldWriter.little(content)
        .putLong(identity.device())
        .putLong(identity.inode())
        .putLong(identity.size())
        .putLong(modifiedSeconds)
        .putInt(modifiedNanos)
        .putInt(bornNanos)
        .putLong(bornSeconds)
        .putInt(identity.mode())
        .putInt(identity.links())
        .putInt(identity.uid())
        .putInt(identity.gid());
    return content;
  }
}
