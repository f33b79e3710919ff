package dev.aegis.launcher.os;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A program to be started by posix_spawn: what it gets, and which descriptors. */
public final class Spawn {

  private static final int SIZE_OF_OBJECTS = 1024;
  private static final int SIZE_OF_SIGNAL_SET = 128;
  private static final int SIG_BLOCK = 0;
  private static final short POSIX_SPAWN_SETSIGDEF = 0x04;
  private static final short POSIX_SPAWN_SETSIGMASK = 0x08;

  private final byte[] program;
  private final List<byte[]> argv;
  private final List<byte[]> environment;
  private final Map<Integer, Integer> descriptors = new LinkedHashMap<>();

  /**
   * A start.
   *
   * @param program path of the file to execute
   * @param argv its arguments, its own name first
   * @param environment {@code NAME=value} entries: all that it gets
   */
  public Spawn(byte[] program, List<byte[]> argv, List<byte[]> environment) {
    this.program = program.clone();
    this.argv = List.copyOf(argv);
    this.environment = List.copyOf(environment);
  }

  /** Gives the program a descriptor of ours under a number of its own. */
  public Spawn descriptor(int ours, int theirs) {
    descriptors.put(theirs, ours);
    return this;
  }

  /**
   * Starts it.
   *
   * @return the process, a child of this one
   */
  public Child start() throws SystemCallException {
    NativeBytes actions = new NativeBytes(SIZE_OF_OBJECTS);
    NativeBytes attributes = new NativeBytes(SIZE_OF_OBJECTS);
    check("posix_spawn_file_actions_init", Libc.posix_spawn_file_actions_init(actions.address()));
    try {
      check("posix_spawnattr_init", Libc.posix_spawnattr_init(attributes.address()));
      try {
        prepare(actions, attributes);
        return spawn(actions, attributes);
      } finally {
        Libc.posix_spawnattr_destroy(attributes.address());
      }
    } finally {
      Libc.posix_spawn_file_actions_destroy(actions.address());
    }
  }

  private void prepare(NativeBytes actions, NativeBytes attributes) throws SystemCallException {
    for (Map.Entry<Integer, Integer> entry : descriptors.entrySet()) {
      check(
          "posix_spawn_file_actions_adddup2",
          Libc.posix_spawn_file_actions_adddup2(
              actions.address(), entry.getValue(), entry.getKey()));
    }
    NativeBytes mask = userMask();
    check(
        "posix_spawnattr_setsigmask",
        Libc.posix_spawnattr_setsigmask(attributes.address(), mask.address()));
    NativeBytes defaults = new NativeBytes(SIZE_OF_SIGNAL_SET);
    Libc.sigemptyset(defaults.address());
    Libc.sigaddset(defaults.address(), SignalNumber.QUIT);
    check(
        "posix_spawnattr_setsigdefault",
        Libc.posix_spawnattr_setsigdefault(attributes.address(), defaults.address()));
    check(
        "posix_spawnattr_setflags",
        Libc.posix_spawnattr_setflags(
            attributes.address(), (short) (POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF)));
  }

  /** The JVM blocks SIGQUIT in every Java thread; whoever started it did not. */
  private static NativeBytes userMask() throws SystemCallException {
    NativeBytes mask = new NativeBytes(SIZE_OF_SIGNAL_SET);
    check("pthread_sigmask", Libc.pthread_sigmask(SIG_BLOCK, 0, mask.address()));
    Libc.sigdelset(mask.address(), SignalNumber.QUIT);
    return mask;
  }

  private Child spawn(NativeBytes actions, NativeBytes attributes) throws SystemCallException {
    CStrings path = new CStrings(List.of(program));
    CStrings arguments = new CStrings(argv);
    CStrings variables = new CStrings(environment);
    NativeBytes pid = new NativeBytes(Integer.BYTES);
    check(
        "cannot start " + new String(program, StandardCharsets.UTF_8),
        Libc.posix_spawn(
            pid.address(),
            path.first(),
            actions.address(),
            attributes.address(),
            arguments.address(),
            variables.address()));
    return new Child(pid.intAt(0));
  }

  private static void check(String what, int failure) throws SystemCallException {
    if (failure != 0) {
      throw new SystemCallException(what, failure);
    }
  }
}
