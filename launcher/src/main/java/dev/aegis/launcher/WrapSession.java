package dev.aegis.launcher;

import dev.aegis.config.AegisConfig;
import dev.aegis.config.AegisHome;
import dev.aegis.config.ConfigException;
import dev.aegis.config.ConfigLoader;
import dev.aegis.launcher.os.Descriptors;
import dev.aegis.launcher.os.OwnProcess;
import dev.aegis.launcher.user.UserSurroundings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One wrapped run: from the request to the exit status that a shell would report. */
public final class WrapSession {

  private static final String SESSION = "AEGIS_SESSION";
  private static final int STDIN = 0;
  private static final int STDOUT = 1;

  private final Map<String, String> environment;
  private final Notices notices;

  /**
   * A run in the user's surroundings.
   *
   * @param environment the environment of this process, as {@code System.getenv()} gives it
   * @param messages where notices and the summary go: standard error
   */
  public WrapSession(Map<String, String> environment, PrintStream messages) {
    this.environment = Map.copyOf(environment);
    this.notices = new Notices(messages);
  }

  /**
   * Runs the wrapped program under supervision and waits for its end.
   *
   * @return its exit status as a shell reports it: 128 + n when signal n ended it
   * @throws LaunchException when it cannot be started under supervision
   */
  public int run(WrapRequest request) throws LaunchException {
    try {
      UserSurroundings user = UserSurroundings.take(environment);
      List<byte[]> commandLine = OwnProcess.commandLine();
      OwnProcess.makeUndumpable();
      ProgramEnvironment programs = new ProgramEnvironment(user.environment());
      Path program = ProgramSearch.find(request.tool(), programs.value("PATH", ""));
      List<byte[]> words = new ArrayList<>();
      words.add(request.tool().getBytes(StandardCharsets.UTF_8));
      words.addAll(Arguments.bytes(request.args(), commandLine));
      String outer = programs.value(SESSION, "");
      return outer.isEmpty()
          ? supervised(request, user, words)
          : NestedRun.run(program, words, user, outer, notices);
    } catch (ControlException e) {
      throw new LaunchException(e.exitCode(), e.getMessage(), e);
    } catch (ConfigException e) {
      throw new LaunchException(e.exitCode(), e.getMessage(), e);
    } catch (IOException e) {
      throw new LaunchException(1, "cannot run " + request.tool() + ": " + e.getMessage(), e);
    }
  }

  private int supervised(WrapRequest request, UserSurroundings user, List<byte[]> words)
      throws IOException, ControlException, ConfigException, LaunchException {
    Distribution distribution = Distribution.find();
    AegisHome home = AegisHome.of(environment);
    AegisConfig config = new ConfigLoader(home, environment).load().config();
    DaemonStarter daemon = new DaemonStarter(home, environment);
    boolean terminal = Descriptors.isTerminal(STDIN) && Descriptors.isTerminal(STDOUT);
    AgentOptions options = AgentOptions.of(request.tool(), environment);
    words.addAll(
        1,
        options.arguments().stream().map(word -> word.getBytes(StandardCharsets.UTF_8)).toList());
    List<String> argv = new ArrayList<>(List.of(request.tool()));
    argv.addAll(options.arguments());
    argv.addAll(request.args());
    try (ControlClient client = daemon.connectOrStart()) {
      SessionFloor floor = SessionFloor.of(config.sessions().floor());
      OpenSession session =
          OpenSession.open(client, request, argv, terminal, distribution, floor.floor());
      session.notices().forEach(notices::tell);
      StarterCommand command =
          new StarterCommand(distribution.starter(), session.directory(), distribution.gate())
              .terminal(terminal)
              .fates(config.sessions())
              .floor(floor)
              .restore(Optional.empty(), user.signals());
      Map<String, String> variables = new LinkedHashMap<>(options.environment());
      variables.putAll(session.environment());
      SessionEnd end = new SessionEnd(daemon, session.id(), request.dryRun(), notices);
      Launch launch =
          new Launch(
              command,
              words,
              new ProgramEnvironment(user.environment()).with(variables),
              user.descriptors());
      try {
        return terminal
            ? inTerminal(daemon, client, session, launch, end)
            : plain(daemon, client, session, launch, end);
      } finally {
        end.close();
      }
    }
  }

  private int inTerminal(
      DaemonStarter daemon,
      ControlClient client,
      OpenSession session,
      Launch launch,
      SessionEnd end)
      throws IOException, ControlException, LaunchException {
    try (TerminalRun run = new TerminalRun(daemon, notices);
        Starter starter = launch.start(run.terminal());
        SessionWatch watch = new SessionWatch(daemon, session.id(), run.listener())) {
      begin(client, session, starter, watch);
      int status = run.await(starter);
      end.hearing(watch);
      return status;
    }
  }

  private int plain(
      DaemonStarter daemon,
      ControlClient client,
      OpenSession session,
      Launch launch,
      SessionEnd end)
      throws IOException, ControlException, LaunchException {
    try (Starter starter = launch.start(null);
        SessionWatch watch = new SessionWatch(daemon, session.id(), new PlainListener(notices))) {
      begin(client, session, starter, watch);
      int status = PlainRun.await(starter.child());
      end.hearing(watch);
      return status;
    }
  }

  private static void begin(
      ControlClient client, OpenSession session, Starter starter, SessionWatch watch)
      throws ControlException, LaunchException {
    client.call("session.start", Map.of("session", session.id(), "pid", starter.child().pid()));
    watch.start();
    starter.go();
  }
}
