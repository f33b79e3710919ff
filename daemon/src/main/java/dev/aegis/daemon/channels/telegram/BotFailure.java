package dev.aegis.daemon.channels.telegram;

import dev.aegis.daemon.channels.telegram.BotException.Kind;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.telegram.telegrambots.meta.api.objects.ResponseParameters;
import org.telegram.telegrambots.meta.exceptions.TelegramApiException;
import org.telegram.telegrambots.meta.exceptions.TelegramApiRequestException;

/** Reads what the library throws. */
final class BotFailure {

  private static final Duration UNSAID = Duration.ofSeconds(5);
  private static final int SERVER_ERROR = 500;

  private final String token;

  BotFailure(String token) {
    this.token = token;
  }

  BotException read(TelegramApiException thrown) {
    boolean answered =
        thrown instanceof TelegramApiRequestException refused
            && refused.getErrorCode() != null
            && refused.getErrorCode() != 0;
    if (answered) {
      return answered((TelegramApiRequestException) thrown);
    }
    Throwable cause = thrown;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return new BotException(
        Kind.UNREACHABLE,
        Duration.ZERO,
        hidden(cause.getClass().getSimpleName() + ": " + cause.getMessage()));
  }

  private BotException answered(TelegramApiRequestException refused) {
    int code = refused.getErrorCode();
    String said = Optional.ofNullable(refused.getApiResponse()).orElse("");
    Kind kind = kind(code, said.toLowerCase(Locale.ROOT));
    Duration retry =
        Optional.ofNullable(refused.getParameters())
            .map(ResponseParameters::getRetryAfter)
            .map(Duration::ofSeconds)
            .orElse(kind == Kind.TOO_MANY ? UNSAID : Duration.ZERO);
    return new BotException(kind, retry, hidden(code + " " + said));
  }

  private static Kind kind(int code, String said) {
    return switch (code) {
      case 429 -> Kind.TOO_MANY;
      case 409 -> Kind.CONFLICT;
      case 401, 404 -> Kind.TOKEN;
      case 403 -> Kind.CHAT;
      case 400 -> badRequest(said);
      default -> code >= SERVER_ERROR ? Kind.UNREACHABLE : Kind.REFUSED;
    };
  }

  private static Kind badRequest(String said) {
    if (said.contains("message is not modified")) {
      return Kind.UNCHANGED;
    }
    if (said.contains("message to edit not found") || said.contains("message can't be edited")) {
      return Kind.GONE;
    }
    return said.contains("chat not found") || said.contains("upgraded to a supergroup")
        ? Kind.CHAT
        : Kind.REFUSED;
  }

  private String hidden(String text) {
    return text.replace(token, "(token)");
  }
}
