package dev.aegis.launcher.relay;

import com.sun.jna.Memory;
import dev.aegis.launcher.os.Channel;
import dev.aegis.launcher.os.Child;
import dev.aegis.launcher.os.Descriptors;
import dev.aegis.launcher.os.OwnTerminal;
import dev.aegis.launcher.os.Poll;
import dev.aegis.launcher.os.PseudoTerminal;
import dev.aegis.launcher.os.SystemCallException;
import dev.aegis.launcher.os.TerminalModes;
import dev.aegis.launcher.os.Wakeup;
import dev.aegis.launcher.os.WindowSize;
import dev.aegis.launcher.screen.ScreenModel;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Carries bytes between the user's terminal and the wrapped program's until the program ends.
 *
 * <p>Runs in the thread that calls {@link #run}; everything else posts. While an overlay has the
 * screen, the program's output is not read: the program waits in its write.
 */
public final class Relay implements AutoCloseable {

  private static final int STDIN = 0;
  private static final int STDOUT = 1;
  private static final int CHUNK = 1 << 16;
  private static final long IDLE_MILLISECONDS = 20;
  private static final int KEYS = 0;
  private static final int SCREEN = 1;
  private static final int PROGRAM = 2;
  private static final int POSTS = 3;

  private final PseudoTerminal inner;
  private final TerminalModes modes;
  private final ScreenModel model;
  private final Overlay overlay;
  private final Backlog backlog;
  private final Stage stage;
  private final Channel keys = new Channel(STDIN);
  private final ByteQueue screen;
  private final ByteQueue program;
  private final Memory chunk = new Memory(CHUNK);
  private final Poll poll = new Poll(4);
  private final Wakeup wakeup = new Wakeup();
  private final Queue<Runnable> posts = new ConcurrentLinkedQueue<>();
  private final int screenDescriptor;
  private final Job job;
  private boolean keysEnded;
  private boolean programEnded;
  private boolean ended;
  private int status;

  /** A relay between descriptors 0 and 1, both a terminal, and a pseudo-terminal. */
  public Relay(PseudoTerminal inner, TerminalModes modes, WindowSize size, Overlay overlay)
      throws SystemCallException {
    this.inner = inner;
    this.modes = modes;
    this.overlay = overlay;
    screenDescriptor = OwnTerminal.writable(STDOUT);
    screen = new ByteQueue(new Channel(screenDescriptor), CHUNK);
    program = new ByteQueue(new Channel(inner.master()), CHUNK);
    model = new ScreenModel(size.rows() == 0 ? 24 : size.rows(), columns(size));
    backlog = new Backlog(model);
    stage = new Stage(screen, this::passTypeAhead, model, overlay);
    job = new Job(this, modes);
  }

  private static int columns(WindowSize size) {
    return size.columns() == 0 ? 80 : size.columns();
  }

  /** Has something done by the relay's thread, soon. */
  public void post(Runnable action) {
    posts.add(action);
    wakeup.ring();
  }

  /**
   * Relays until the child ended and all it wrote is on the screen.
   *
   * @return its status as a shell reports it
   */
  public int run(Child child) throws IOException {
    try (job) {
      job.begin(child);
      modes.makeRaw();
      while (!ended) {
        step();
      }
      stage.takeBack();
      drain();
      return status;
    }
  }

  private void step() throws IOException {
    long now = System.nanoTime();
    if (overlay.isWanted()) {
      backlog.settle();
    }
    stage.follow(now);
    prepare();
    if (!poll.await(patience(now))) {
      backlog.settle();
    }
    if (poll.isReadable(POSTS)) {
      wakeup.clear();
    }
    for (Runnable post = posts.poll(); post != null; post = posts.poll()) {
      post.run();
    }
    job.followUp();
    if (poll.isWritable(SCREEN)) {
      screen.flush();
    }
    if (!programEnded && poll.isWritable(PROGRAM)) {
      program.flush();
    }
    if (poll.isReadable(KEYS) && !job.isSuspended()) {
      readKeys();
    }
    if (poll.isReadable(PROGRAM) && wantsOutput()) {
      readProgram();
    }
  }

  private long patience(long now) {
    if (stage.isLent()) {
      return overlay.patience(now);
    }
    return backlog.isEmpty() ? -1 : IDLE_MILLISECONDS;
  }

  private void prepare() {
    poll.watch(POSTS, wakeup.descriptor(), true, false);
    boolean suspended = job.isSuspended();
    if (keysEnded || suspended || !program.isEmpty()) {
      poll.ignore(KEYS);
    } else {
      poll.watch(KEYS, keys.descriptor(), true, false);
    }
    if (screen.isEmpty()) {
      poll.ignore(SCREEN);
    } else {
      poll.watch(SCREEN, screenDescriptor, false, true);
    }
    boolean wantsOutput = wantsOutput();
    if (programEnded || (!wantsOutput && program.isEmpty())) {
      poll.ignore(PROGRAM);
    } else {
      poll.watch(PROGRAM, inner.master(), wantsOutput, !program.isEmpty());
    }
  }

  /** Reads ahead a little while the terminal is busy; beyond that the program waits. */
  private boolean wantsOutput() {
    return !stage.isLent() && !job.isSuspended() && screen.size() < CHUNK;
  }

  private void passTypeAhead() throws SystemCallException {
    if (keysEnded) {
      return;
    }
    poll.ignore(SCREEN);
    poll.ignore(PROGRAM);
    poll.ignore(POSTS);
    poll.watch(KEYS, keys.descriptor(), true, false);
    if (poll.await(0) && poll.isReadable(KEYS)) {
      readKeys();
    }
  }

  private void readKeys() {
    int count = keys.read(chunk, 0, CHUNK);
    if (count == Channel.ENDED) {
      hangUp();
    } else if (count > 0 && stage.isLent()) {
      overlay.typed(chunk.getByteArray(0, count), System.nanoTime());
    } else if (count > 0 && !programEnded) {
      program.send(chunk, count);
    }
  }

  /** The user's terminal is gone, so the program's goes too, and it hears SIGHUP. */
  private void hangUp() {
    keysEnded = true;
    programEnded = true;
    inner.close();
  }

  private boolean readProgram() {
    int count = 0;
    while (count < CHUNK) {
      int more = program.channel().read(chunk, count, CHUNK - count);
      if (more == Channel.ENDED) {
        programEnded = true;
        break;
      }
      if (more == Channel.NOT_READY) {
        break;
      }
      count += more;
    }
    if (count > 0) {
      screen.send(chunk, count);
      backlog.add(chunk, count);
    }
    return count > 0;
  }

  /** Brings what the program wrote last to the screen, however slow that is. */
  void drain() throws SystemCallException {
    boolean more = true;
    while (more && !screen.hasEnded()) {
      while (!screen.isEmpty()) {
        poll.ignore(KEYS);
        poll.ignore(PROGRAM);
        poll.ignore(POSTS);
        poll.watch(SCREEN, screenDescriptor, false, true);
        poll.await(-1);
        screen.flush();
      }
      more = !programEnded && readProgram();
    }
  }

  /** Whether what the program wrote last ended its line. */
  public boolean isAtLineStart() {
    backlog.settle();
    return model.isAtLineStart();
  }

  void takeScreenBack() {
    stage.takeBack();
  }

  /** Takes the size of the user's terminal over to the program's and to the model. */
  void followSize() {
    try {
      WindowSize size = WindowSize.of(STDOUT);
      if (size.rows() > 0 && size.columns() > 0) {
        backlog.settle();
        model.resize(size.rows(), size.columns());
      }
      if (!programEnded) {
        inner.resize(size);
      }
      stage.resized(System.nanoTime());
    } catch (SystemCallException e) {
      // Only a terminal that is gone has no size; reading from it says so, too.
      hangUp();
    }
  }

  void childEnded(int exitStatus) {
    status = exitStatus;
    ended = true;
  }

  @Override
  public void close() throws SystemCallException {
    wakeup.close();
    if (screenDescriptor != STDOUT) {
      Descriptors.close(screenDescriptor);
    }
  }
}
