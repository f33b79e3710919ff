package dev.aegis.daemon.intercept;

import dev.aegis.wire.Answer;
import dev.aegis.wire.Frame;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/** Writes the answer to one question as frames. */
final class FrameReply implements Reply {

  private final ReporterConnection connection;
  private final long transaction;
  private final AtomicBoolean ended = new AtomicBoolean();

  FrameReply(ReporterConnection connection, long transaction) {
    this.connection = connection;
    this.transaction = transaction;
  }

  @Override
  public void allow(OptionalLong request) {
    end(Answer.ALLOW, request, Optional.empty());
  }

  @Override
  public void deny(Denial denial) {
    end(Answer.DENY, OptionalLong.empty(), Optional.of(denial));
  }

  @Override
  public void becomeGate(long request) {
    end(Answer.HELD, OptionalLong.of(request), Optional.empty());
  }

  @Override
  public void hold(long request) {
    if (!ended.get()) {
      connection.send(new Frame.Held(transaction, request));
    }
  }

  @Override
  public boolean isOpen() {
    return !ended.get() && connection.isOpen();
  }

  private void end(Answer answer, OptionalLong request, Optional<Denial> denial) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    connection.questionEnded();
    connection.send(
        new Frame.Verdict(
            transaction,
            answer,
            request,
            denial.flatMap(Denial::errno).map(OptionalInt::of).orElse(OptionalInt.empty()),
            denial.map(Denial::rule),
            denial.map(Denial::reason),
            denial.map(Denial::tell).orElse(false)));
  }
}
