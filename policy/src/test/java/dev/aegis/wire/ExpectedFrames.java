package dev.aegis.wire;

import dev.aegis.operation.Coverage;
import dev.aegis.operation.FileIdentity;
import dev.aegis.operation.Operation;
import dev.aegis.operation.Operation.FileAccess;
import dev.aegis.operation.Operation.SocketAccess;
import dev.aegis.operation.Operation.SystemCall;
import dev.aegis.operation.OperationKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** What each sound test vector says. */
final class ExpectedFrames {

  private static final FileIdentity PROGRAM =
      new FileIdentity(
          0x10302,
          4711,
          1234,
          Instant.ofEpochSecond(1_700_000_000, 5),
          Instant.ofEpochSecond(1_600_000_000, 999_999_999),
          0100755,
          1,
          1000,
          1000);
  private static final FileIdentity DIRECTORY =
      new FileIdentity(
          0x10302,
          4712,
          0,
          Instant.ofEpochSecond(1_700_000_001),
          Instant.EPOCH,
          0040755,
          2,
          1000,
          1000);

  private ExpectedFrames() {}

  static Map<String, Frame> byName() {
    Map<String, Frame> frames = new TreeMap<>();
    frames.put("hello.preload", new Frame.Hello(Front.PRELOAD, Coverage.LIBC, OptionalInt.empty()));
    frames.put("hello.gate", new Frame.Hello(Front.GATE, Coverage.EXEC, OptionalInt.of(1)));
    executes(frames);
    files(frames);
    sockets(frames);
    ask(frames, "ask.signal", 16, 12, new Operation.Signal(-1, 9));
    ask(frames, "ask.trace", 17, 13, call(OperationKind.TRACE, "ptrace", Optional.empty(), 4711));
    ask(frames, "ask.mount", 18, 14, call(OperationKind.MOUNT, "mount", Optional.of("/mnt"), 0));
    ask(frames, "ask.system", 19, 15, call(OperationKind.SYSTEM, "reboot", Optional.empty(), 0));
    oneWay(frames);
    answers(frames);
    return frames;
  }

  private static void executes(Map<String, Frame> frames) {
    ask(
        frames,
        "ask.execute.least",
        1,
        1,
        new Operation.Execute(
            "/bin/true",
            Optional.empty(),
            List.of(),
            "/",
            List.of(),
            PROGRAM,
            Coverage.LIBC,
            0,
            false));
    frames.put(
        "ask.execute",
        new Frame.Ask(
            0xfedcba9876543210L,
            2,
            new Operation.Execute(
                "/home/u/x.sh",
                Optional.of("/usr/bin/dash"),
                List.of("./x.sh", "", "-a\nb"),
                "/home/u",
                List.of("PATH=/bin", "GIT_DIR="),
                PROGRAM,
                Coverage.LIBC_RAW,
                8,
                true),
            true));
  }

  private static void files(Map<String, Frame> frames) {
    ask(
        frames,
        "ask.read_file",
        7,
        3,
        new FileAccess(
            OperationKind.READ_FILE,
            "openat",
            "/home/u/.env",
            Optional.empty(),
            Optional.of("../u/.env"),
            Optional.of(PROGRAM),
            Optional.empty(),
            0,
            0));
    ask(
        frames,
        "ask.write_file",
        8,
        4,
        new FileAccess(
            OperationKind.WRITE_FILE,
            "openat",
            "/home/u/\uDCFF\u00E4\uDCED\uDCA0\uDC80",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0x241,
            0644));
    ask(
        frames,
        "ask.delete_file",
        9,
        5,
        new FileAccess(
            OperationKind.DELETE_FILE,
            "rmdir",
            "/home/u/d",
            Optional.empty(),
            Optional.empty(),
            Optional.of(DIRECTORY),
            Optional.empty(),
            0,
            0));
    ask(
        frames,
        "ask.move_file",
        10,
        6,
        new FileAccess(
            OperationKind.MOVE_FILE,
            "renameat2",
            "/home/u/a",
            Optional.of("/home/u/b"),
            Optional.empty(),
            Optional.of(PROGRAM),
            Optional.of(DIRECTORY),
            0,
            0));
    ask(
        frames,
        "ask.change_mode",
        11,
        7,
        new FileAccess(
            OperationKind.CHANGE_MODE,
            "fchmodat",
            "/home/u/a",
            Optional.empty(),
            Optional.empty(),
            Optional.of(PROGRAM),
            Optional.empty(),
            0,
            04755));
  }

  private static void sockets(Map<String, Frame> frames) {
    ask(frames, "ask.connect.inet", 12, 8, internet("192.0.2.1", 443));
    ask(frames, "ask.connect.inet6", 13, 9, internet("2001:db8:0:0:0:0:0:1", 80));
    ask(
        frames,
        "ask.connect.unix",
        14,
        10,
        new SocketAccess(OperationKind.CONNECT, "", 0, Optional.of("/run/docker.sock")));
    ask(
        frames,
        "ask.bind.abstract",
        15,
        11,
        new SocketAccess(OperationKind.BIND, "", 0, Optional.of("@name")));
  }

  private static void oneWay(Map<String, Frame> frames) {
    frames.put(
        "report.write_file",
        new Frame.Report(
            16,
            new FileAccess(
                OperationKind.WRITE_FILE,
                "mkdirat",
                "/tmp/x",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0),
            true));
    frames.put("forked", new Frame.Forked(4712));
    frames.put("attach", new Frame.Attach(1, 99));
    frames.put("released", new Frame.Released(99));
    frames.put(
        "refusal.write_file",
        new Frame.Refused(
            6,
            17,
            new FileAccess(
                OperationKind.WRITE_FILE,
                "openat",
                "/h/policy.toml",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                01101,
                0),
            false,
            "builtin.guard",
            "not by what Aegis supervises, \u00e4"));
    frames.put("counts", new Frame.Counts(LongStream.range(0, 12).boxed().toList()));
  }

  private static void answers(Map<String, Frame> frames) {
    frames.put(
        "verdict.allow",
        new Frame.Verdict(
            7,
            Answer.ALLOW,
            OptionalLong.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            false));
    frames.put(
        "verdict.deny",
        new Frame.Verdict(
            7,
            Answer.DENY,
            OptionalLong.empty(),
            OptionalInt.of(13),
            Optional.of("block-secret-reads"),
            Optional.of("Secret file access blocked \u2013 \u00E4"),
            true));
    frames.put(
        "verdict.held",
        new Frame.Verdict(
            2,
            Answer.HELD,
            OptionalLong.of(99),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            false));
    frames.put("held", new Frame.Held(7, 99));
  }

  private static void ask(
      Map<String, Frame> frames, String name, long transaction, long sequence, Operation what) {
    frames.put(name, new Frame.Ask(transaction, sequence, what, false));
  }

  private static Operation internet(String host, int port) {
    return new SocketAccess(OperationKind.CONNECT, host, port, Optional.empty());
  }

  private static Operation call(
      OperationKind kind, String name, Optional<String> path, int target) {
    return new SystemCall(kind, name, path, target);
  }
}
