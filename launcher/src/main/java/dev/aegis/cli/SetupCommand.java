package dev.aegis.cli;

import dev.aegis.config.AegisHome;
import dev.aegis.config.ConfigException;
import dev.aegis.config.ConfigFile;
import dev.aegis.config.ConfigLoader;
import dev.aegis.config.LoadedConfig;
import dev.aegis.config.Setting;
import dev.aegis.launcher.ControlException;
import dev.aegis.launcher.setup.BotApi;
import dev.aegis.launcher.setup.BotApiException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aegis setup}: connects Aegis with a Telegram bot, checks that, and writes config.toml. */
@Command(
    name = "setup",
    description = "Connect Aegis with a Telegram bot, so that questions reach your phone.",
    subcommands = SetupWhatsAppCommand.class)
final class SetupCommand implements Callable<Integer> {

  private final Caller caller;

  @Option(
      names = "--non-interactive",
      description = "Ask nothing: take flags and AEGIS_TELEGRAM_* variables.")
  private boolean nonInteractive;

  @Option(
      names = "--telegram-token",
      paramLabel = "TOKEN",
      description = "Token of the bot; - reads it from standard input, where nobody sees it.")
  private String token;

  @Option(
      names = "--allowed-users",
      paramLabel = "IDS",
      split = ",",
      description = "Telegram ids of the people who may answer; the first becomes admin.")
  private List<Long> users = List.of();

  @Option(
      names = "--config-path",
      paramLabel = "FILE",
      description = "Write to this file instead of AEGIS_HOME/config.toml, and start nothing.")
  private Path configPath;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  SetupCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call()
      throws CliException, ConfigException, ControlException, IOException, InterruptedException {
    caller.refuseInsideSession("aegis setup");
    AegisHome home = caller.home().create();
    LoadedConfig before = new ConfigLoader(home, caller.environment()).load();
    SetupQuestions questions =
        new SetupQuestions(
            Prompt.ofTerminal(caller.err(), nonInteractive),
            URI.create((String) before.get(Setting.TELEGRAM_API_URL).value()));
    SetupQuestions.Bot bot = questions.bot(given(token, before));
    List<Long> people = questions.people(bot, users.isEmpty() ? known(before) : users);
    Path file = configPath == null ? home.configFile() : configPath.toAbsolutePath();
    write(new ConfigFile(file), bot.token(), people, before);
    List<Long> reached = greet(bot.api(), people);
    String daemon = configPath == null ? SetupDaemon.start(caller, home) : "not started";
    report(file, bot.name(), people, reached, daemon);
    return reached.size() == people.size() ? ExitCode.SUCCESS : ExitCode.NETWORK;
  }

  private static String given(String flag, LoadedConfig before) {
    return flag == null ? (String) before.get(Setting.TELEGRAM_BOT_TOKEN).value() : flag;
  }

  private static List<Long> known(LoadedConfig before) {
    return numbers(before, Setting.TELEGRAM_ALLOWED_USERS);
  }

  private static List<Long> numbers(LoadedConfig config, Setting setting) {
    return ((List<?>) config.get(setting).value()).stream().map(Long.class::cast).toList();
  }

  /* Whoever was there stays; without any admin, the first person becomes one. */
  private static void write(ConfigFile file, String token, List<Long> people, LoadedConfig before)
      throws ConfigException, IOException {
    TreeSet<Long> all = new TreeSet<>(known(before));
    all.addAll(people);
    file.set(Setting.TELEGRAM_BOT_TOKEN.key(), token);
    file.set(Setting.TELEGRAM_ALLOWED_USERS.key(), joined(all));
    if (numbers(before, Setting.TELEGRAM_ADMINS).isEmpty()) {
      file.set(Setting.TELEGRAM_ADMINS.key(), people.get(0).toString());
    }
  }

  private static String joined(Iterable<Long> ids) {
    StringBuilder text = new StringBuilder();
    ids.forEach(id -> text.append(text.isEmpty() ? "" : ",").append(id));
    return text.toString();
  }

  private List<Long> greet(BotApi bot, List<Long> people) throws InterruptedException {
    List<Long> reached = new java.util.ArrayList<>();
    for (long person : people) {
      try {
        bot.send(person, "Aegis can reach you. Its questions will come here.");
        reached.add(person);
      } catch (BotApiException e) {
        caller
            .err()
            .println(
                "aegis: %d cannot be written to (%s): they must send /start to the bot first"
                    .formatted(person, Printable.of(e.getMessage())));
      }
    }
    return reached;
  }

  private void report(Path file, String bot, List<Long> people, List<Long> reached, String daemon) {
    if (json) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("config", file.toString());
      result.put("bot", bot);
      result.put("allowed_users", people);
      result.put("reached", reached);
      result.put("daemon", daemon);
      Json.print(caller.out(), result);
      return;
    }
    caller.out().println("config   " + Printable.of(file.toString()));
    caller.out().println("bot      @" + Printable.of(bot));
    caller
        .out()
        .println(
            "people   "
                + people.stream()
                    .map(
                        id ->
                            id + (reached.contains(id) ? " (test message sent)" : " (NOT reached)"))
                    .collect(Collectors.joining(", ")));
    caller.out().println("policy   the shipped profile; see aegis policy list");
    caller.out().println("daemon   " + daemon);
  }
}
