package dev.aegis.daemon.approvals;

import dev.aegis.daemon.kernel.ProcessFacts;
import dev.aegis.daemon.store.ProcessKey;
import dev.aegis.operation.Risk;
import java.time.Duration;
import java.util.List;

/** Questions of the tests: a program of session-1 wants to delete something recursively. */
public final class Questions {

  /** The session that asks. */
  public static final String SESSION = "session-1";

  /** A process that is alive for as long as the test. */
  public static final ProcessKey ALIVE =
      ProcessFacts.of((int) ProcessHandle.current().pid()).orElseThrow().key();

  private Questions() {}

  /** A question of its own shape. */
  public static Question question(String command, int risk, Duration timeout) {
    return question(command, "shape of " + command, risk, timeout);
  }

  /** A question of a shape. */
  public static Question question(String command, String shape, int risk, Duration timeout) {
    return new Question(
        SESSION,
        "claude",
        ALIVE,
        "execute",
        command,
        "/usr/bin/rm",
        "/w",
        List.of("file.delete", "file.delete.recursive"),
        "ask-deletes",
        "deletes a directory",
        List.of("the policy is broken: policy.toml:2:1"),
        new Risk(risk, List.of("cannot be taken back")),
        new BlastRadius(12, 3_400_000, 5, 0, true),
        "libc",
        List.of(
            new ApprovalDetail.PlannedStep(
                command, "require_approval", "ask-deletes", "why", risk, List.of("file.delete"))),
        List.of(new ApprovalDetail.Ancestor(42, "/usr/bin/bash", "bash -c '" + command + "'")),
        terms("exact " + command, shape, risk),
        timeout);
  }

  /** The terms of a program that deletes below {@code /w/build}. */
  public static Terms terms(String exact, String shape, int risk) {
    return new Terms(
        exact,
        shape,
        "/w",
        "tail",
        List.of("step"),
        List.of("file.delete"),
        risk,
        List.of("/w/build"),
        List.of(),
        List.of(),
        0,
        true,
        false);
  }
}
