package dev.aegis.wire;

import dev.aegis.operation.Coverage;
import dev.aegis.operation.Operation;
import dev.aegis.operation.OperationKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** One message between a reporter and the daemon. */
public sealed interface Frame {

  /** Size of the header in bytes. */
  int HEADER_SIZE = 24;

  /** The largest frame that is no question about a program, in bytes. */
  int LARGEST = 65_536;

  /** The largest question about the start of a program, in bytes. */
  int LARGEST_EXECUTE = 8_388_608;

  /** A program image that has just started to be supervised. */
  record Hello(Front front, Coverage coverage, OptionalInt coverageReason) implements Frame {}

  /**
   * A question: may this be done?
   *
   * @param transaction chosen by the reporter, not 0
   * @param sequence number within the process image, from 1
   * @param operation what is about to be done
   * @param fresh true when the process has not executed a program since it was forked
   */
  record Ask(long transaction, long sequence, Operation operation, boolean fresh)
      implements Frame {}

  /** An operation that the process allowed by itself; fields as of {@link Ask}. */
  record Report(long sequence, Operation operation, boolean fresh) implements Frame {}

  /**
   * An operation that the process refuses whatever the answer is, which only says that it is
   * recorded; fields as of {@link Ask}.
   *
   * @param rule that refused, built into the reporter
   * @param reason one line for a person, at most 1,024 bytes
   */
  record Refused(
      long transaction,
      long sequence,
      Operation operation,
      boolean fresh,
      String rule,
      String reason)
      implements Frame {}

  /** The sender has forked a child that has not yet returned to its program. */
  record Forked(int child) implements Frame {}

  /** Somebody takes up a held request. */
  record Attach(long transaction, long request) implements Frame {}

  /** An approved operation is being carried out now. */
  record Released(long request) implements Frame {}

  /**
   * Operations that the process allowed by itself since it last counted.
   *
   * @param byKind one number for each {@link OperationKind}, in its order
   */
  record Counts(List<Long> byKind) implements Frame {
    public Counts {
      byKind = List.copyOf(byKind);
      if (byKind.size() != OperationKind.values().length) {
        throw new IllegalArgumentException("not one count for each kind: " + byKind.size());
      }
    }
  }

  /**
   * The answer to a question.
   *
   * @param transaction of the question
   * @param answer allow, deny or held
   * @param request number of the held request, with {@link Answer#HELD} and after it
   * @param errno what a denied call returns, when it is not the usual one
   * @param rule the rule that spoke
   * @param reason one line for a person, at most 1,024 bytes
   * @param tell true when the reporter may write the reason to descriptor 2
   */
  record Verdict(
      long transaction,
      Answer answer,
      OptionalLong request,
      OptionalInt errno,
      Optional<String> rule,
      Optional<String> reason,
      boolean tell)
      implements Frame {}

  /** A person is being asked; the question stays open. */
  record Held(long transaction, long request) implements Frame {}
}
