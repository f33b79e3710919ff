package dev.aegis.cli;

import dev.aegis.launcher.setup.BotApi;
import dev.aegis.launcher.setup.BotApiException;
import dev.aegis.launcher.setup.Pairing;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What {@code aegis setup} asks, and what it checks before it goes on. */
final class SetupQuestions {

  private static final Duration PAIRING_PATIENCE = Duration.ofMinutes(5);
  private static final String TOKEN_FORM = "[0-9]{3,}:[A-Za-z0-9_-]{20,}";
  private static final String TOKEN_HINT =
      "expected a bot token such as 123456:ABC-DEF…, as @BotFather gives it";

  private static final String NO_TOKEN =
      "no bot token: give --telegram-token or AEGIS_TELEGRAM_BOT_TOKEN";

  private final Prompt prompt;
  private final URI server;

  /**
   * Questions.
   *
   * @param server scheme, host and port of the Bot API server
   */
  SetupQuestions(Prompt prompt, URI server) {
    this.prompt = prompt;
    this.server = server;
  }

  /** A bot that answered to its token. */
  record Bot(String token, String name, BotApi api) {}

  /**
   * Find a bot.
   *
   * @param given token, empty to ask for one, or {@code -} to read it from standard input
   */
  Bot bot(String given) throws CliException, IOException, InterruptedException {
    String token = given.equals("-") ? prompt.line() : given;
    if (token.isEmpty()) {
      token =
          prompt.ask(
              "Make a bot with @BotFather on Telegram (/newbot) and paste its token: ", NO_TOKEN);
    }
    while (true) {
      try {
        return checked(token);
      } catch (CliException e) {
        if (prompt.silent() || e.exitCode() != ExitCode.CONFIGURATION || given.equals("-")) {
          throw e;
        }
        prompt.out().println("aegis: " + e.getMessage());
        token = prompt.ask("Token: ", NO_TOKEN);
      }
    }
  }

  private Bot checked(String token) throws CliException, InterruptedException {
    if (!token.matches(TOKEN_FORM)) {
      throw new CliException(ExitCode.CONFIGURATION, TOKEN_HINT);
    }
    BotApi api = new BotApi(server, token);
    try {
      return new Bot(token, api.name(), api);
    } catch (BotApiException e) {
      throw e.isUnknownToken()
          ? new CliException(ExitCode.CONFIGURATION, "Telegram knows no bot with this token", e)
          : unreachable(e);
    }
  }

  private CliException unreachable(BotApiException e) {
    return new CliException(
        ExitCode.NETWORK,
        "the Bot API at %s cannot be used: %s".formatted(server, Printable.of(e.getMessage())),
        e);
  }

  /**
   * Find the people who may answer.
   *
   * @param given their ids; empty to have one of them write to the bot
   */
  List<Long> people(Bot bot, List<Long> given) throws CliException, InterruptedException {
    if (!given.isEmpty()) {
      return given;
    }
    if (prompt.silent()) {
      throw new CliException(
          ExitCode.CONFIGURATION,
          "nobody may answer: give --allowed-users or AEGIS_TELEGRAM_ALLOWED_USERS");
    }
    Pairing pairing = new Pairing(bot.api());
    prompt
        .out()
        .println(
            "Send %s to @%s, or open https://t.me/%s?start=%s on your phone. Waiting …"
                .formatted(pairing.code(), bot.name(), bot.name(), pairing.code()));
    try {
      Optional<Pairing.Found> found = pairing.await(PAIRING_PATIENCE);
      if (found.isEmpty()) {
        throw new CliException(
            ExitCode.NETWORK, "nobody sent the number within five minutes; run aegis setup again");
      }
      prompt
          .out()
          .println(
              "Found %s, id %d.".formatted(Printable.of(found.get().name()), found.get().id()));
      return List.of(found.get().id());
    } catch (BotApiException e) {
      throw e.isConflict()
          ? new CliException(
              ExitCode.GENERAL,
              "another program polls this bot: if it is Aegis itself, run aegis stop first",
              e)
          : unreachable(e);
    }
  }
}
