package dev.aegis.cli;

import dev.aegis.config.AegisHome;
import dev.aegis.config.ConfigException;
import dev.aegis.config.ConfigFile;
import dev.aegis.config.ConfigLoader;
import dev.aegis.config.LoadedConfig;
import dev.aegis.config.Setting;
import dev.aegis.launcher.ControlException;
import dev.aegis.launcher.setup.CloudApi;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aegis setup whatsapp}: connects Aegis with a business number of WhatsApp's Cloud API. */
@Command(
    name = "whatsapp",
    description = "Connect Aegis with a WhatsApp business number, so that questions reach it.")
final class SetupWhatsAppCommand implements Callable<Integer> {

  private static final int WORD_BYTES = 16;

  private final Caller caller;

  @Option(
      names = "--non-interactive",
      description = "Ask nothing: take flags and AEGIS_WHATSAPP_* variables.")
  private boolean nonInteractive;

  @Option(
      names = "--phone-number-id",
      paramLabel = "ID",
      description = "Id of the business number, as Meta's console shows it.")
  private String number;

  @Option(
      names = "--allowed-numbers",
      paramLabel = "NUMBERS",
      split = ",",
      description =
          "Numbers of the people who may answer, international, digits alone; the first becomes"
              + " admin.")
  private List<Long> people = List.of();

  @Option(
      names = "--config-path",
      paramLabel = "FILE",
      description = "Write to this file instead of AEGIS_HOME/config.toml, and start nothing.")
  private Path configPath;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  SetupWhatsAppCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call()
      throws CliException, ConfigException, ControlException, IOException, InterruptedException {
    caller.refuseInsideSession("aegis setup");
    AegisHome home = caller.home().create();
    LoadedConfig before = new ConfigLoader(home, caller.environment()).load();
    Prompt prompt = Prompt.ofTerminal(caller.err(), nonInteractive);
    String token =
        asked(prompt, before, Setting.WHATSAPP_ACCESS_TOKEN, "Access token of a system user: ");
    String id =
        number == null
            ? asked(prompt, before, Setting.WHATSAPP_PHONE_NUMBER_ID, "Id of the phone number: ")
            : number;
    String secret = asked(prompt, before, Setting.WHATSAPP_APP_SECRET, "App secret: ");
    List<Long> allowed = people(prompt, before);
    CloudApi.Answer.Known known = checked(before, id, token);

    Map<Setting, String> values = new LinkedHashMap<>();
    values.put(Setting.WHATSAPP_ACCESS_TOKEN, token);
    values.put(Setting.WHATSAPP_PHONE_NUMBER_ID, id);
    values.put(Setting.WHATSAPP_APP_SECRET, secret);
    values.put(Setting.WHATSAPP_VERIFY_TOKEN, verifyToken(before));
    values.put(Setting.WHATSAPP_ALLOWED_NUMBERS, joined(before, allowed));
    if (numbers(before, Setting.WHATSAPP_ADMINS).isEmpty()) {
      values.put(Setting.WHATSAPP_ADMINS, allowed.get(0).toString());
    }
    Path file = configPath == null ? home.configFile() : configPath.toAbsolutePath();
    ConfigFile config = new ConfigFile(file);
    for (Map.Entry<Setting, String> value : values.entrySet()) {
      config.set(value.getKey().key(), value.getValue());
    }
    String daemon = configPath == null ? SetupDaemon.start(caller, home) : "not started";
    report(file, known, allowed, before, daemon);
    return ExitCode.SUCCESS;
  }

  private String asked(Prompt prompt, LoadedConfig before, Setting setting, String question)
      throws CliException, IOException {
    String known = text(before, setting);
    if (!known.isEmpty()) {
      return known;
    }
    String variable = "AEGIS_" + setting.key().toUpperCase(java.util.Locale.ROOT).replace('.', '_');
    return prompt.ask(question, "no " + setting.key() + ": give " + variable);
  }

  private List<Long> people(Prompt prompt, LoadedConfig before) throws CliException, IOException {
    List<Long> given =
        people.isEmpty() ? numbers(before, Setting.WHATSAPP_ALLOWED_NUMBERS) : people;
    if (!given.isEmpty()) {
      return given;
    }
    String said =
        prompt.ask(
            "Your own number, international, digits alone: ",
            "nobody may answer: give --allowed-numbers or AEGIS_WHATSAPP_ALLOWED_NUMBERS");
    if (!said.matches("[1-9][0-9]{5,14}")) {
      throw new CliException(
          ExitCode.CONFIGURATION, "expected a number such as 15551234567, found \"" + said + '"');
    }
    return List.of(Long.parseLong(said));
  }

  private static CloudApi.Answer.Known checked(LoadedConfig before, String id, String token)
      throws CliException, InterruptedException {
    String server = text(before, Setting.WHATSAPP_API_URL);
    CloudApi.Answer answer = new CloudApi(URI.create(server)).number(id, token);
    if (answer instanceof CloudApi.Answer.Known known) {
      return known;
    }
    if (answer instanceof CloudApi.Answer.Refused refused) {
      throw new CliException(
          ExitCode.CONFIGURATION,
          "WhatsApp does not take this token with this number: " + Printable.of(refused.why()));
    }
    throw new CliException(
        ExitCode.NETWORK,
        "%s cannot be used: %s"
            .formatted(server, Printable.of(((CloudApi.Answer.Unreachable) answer).why())));
  }

  private static String text(LoadedConfig config, Setting setting) {
    return (String) config.get(setting).value();
  }

  private static List<Long> numbers(LoadedConfig config, Setting setting) {
    return ((List<?>) config.get(setting).value()).stream().map(Long.class::cast).toList();
  }

  private static String verifyToken(LoadedConfig before) {
    String known = text(before, Setting.WHATSAPP_VERIFY_TOKEN);
    if (!known.isEmpty()) {
      return known;
    }
    byte[] word = new byte[WORD_BYTES];
    new SecureRandom().nextBytes(word);
    return HexFormat.of().formatHex(word);
  }

  /* Whoever was there stays. */
  private static String joined(LoadedConfig before, List<Long> allowed) {
    TreeSet<Long> all = new TreeSet<>(numbers(before, Setting.WHATSAPP_ALLOWED_NUMBERS));
    all.addAll(allowed);
    return all.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private void report(
      Path file,
      CloudApi.Answer.Known known,
      List<Long> allowed,
      LoadedConfig before,
      String daemon) {
    String webhook =
        "http://127.0.0.1:%s/whatsapp".formatted(before.get(Setting.WHATSAPP_WEBHOOK_PORT).value());
    if (json) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("config", file.toString());
      result.put("number", known.shown());
      result.put("name", known.name());
      result.put("allowed_numbers", allowed);
      result.put("webhook", webhook);
      result.put("daemon", daemon);
      Json.print(caller.out(), result);
      return;
    }
    caller.out().println("config   " + Printable.of(file.toString()));
    caller
        .out()
        .println("number   " + Printable.of(known.shown()) + " " + Printable.of(known.name()));
    caller
        .out()
        .println(
            "people   " + allowed.stream().map(one -> "+" + one).collect(Collectors.joining(", ")));
    caller.out().println("daemon   " + daemon);
    caller
        .out()
        .printf(
            "%nStill to do: publish %s under an https address of yours (a tunnel or reverse proxy),%n"
                + "give that and whatsapp.verify_token (aegis config path) to Meta, and subscribe to messages.%n"
                + "Then everybody writes to the number once: WhatsApp lets it answer for a day.%n",
            webhook);
  }
}
