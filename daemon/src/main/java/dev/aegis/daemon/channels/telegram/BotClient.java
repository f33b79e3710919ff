package dev.aegis.daemon.channels.telegram;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.telegram.telegrambots.client.okhttp.OkHttpTelegramClient;
import org.telegram.telegrambots.meta.TelegramUrl;
import org.telegram.telegrambots.meta.api.methods.botapimethods.BotApiMethod;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.exceptions.TelegramApiException;
import org.telegram.telegrambots.meta.exceptions.TelegramApiRequestException;

/** Calls to one Bot API server for one bot. Thread-safe. */
final class BotClient implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int HTTPS = 443;
  private static final int HTTP = 80;

  private final OkHttpClient http;
  private final OkHttpTelegramClient calls;
  private final OkHttpTelegramClient polls;
  private final Dispatcher pollCalls = new Dispatcher();
  private final BotFailure failure;

  /**
   * A client.
   *
   * @param longest how long a poll may wait for updates
   */
  BotClient(String token, URI api, Duration longest) {
    TelegramUrl url =
        TelegramUrl.builder().schema(api.getScheme()).host(api.getHost()).port(port(api)).build();
    http =
        new OkHttpClient.Builder()
            .connectTimeout(PATIENCE)
            .callTimeout(PATIENCE)
            .retryOnConnectionFailure(false)
            .build();
    OkHttpClient patient =
        http.newBuilder()
            .dispatcher(pollCalls)
            .readTimeout(longest.plus(PATIENCE))
            .callTimeout(longest.plus(PATIENCE))
            .build();
    calls = new OkHttpTelegramClient(http, token, url);
    polls = new OkHttpTelegramClient(patient, token, url);
    failure = new BotFailure(token);
  }

  private static int port(URI api) {
    if (api.getPort() >= 0) {
      return api.getPort();
    }
    return api.getScheme().equals("https") ? HTTPS : HTTP;
  }

  /** Make one call. */
  <T extends Serializable> T call(BotApiMethod<T> method) throws BotException {
    return call(calls, method);
  }

  /**
   * Wait for updates.
   *
   * @param offset the first one that was not seen, or 0 for whatever there is
   */
  List<Update> poll(int offset, Duration wait) throws BotException {
    TolerantGetUpdates poll = new TolerantGetUpdates();
    poll.setOffset(offset);
    poll.setTimeout((int) wait.toSeconds());
    poll.setAllowedUpdates(List.of("message", "callback_query"));
    return call(polls, poll);
  }

  private <T extends Serializable> T call(OkHttpTelegramClient client, BotApiMethod<T> method)
      throws BotException {
    try {
      T answer = client.execute(method);
      if (answer == null) {
        throw failure.read(new TelegramApiRequestException("an empty answer"));
      }
      return answer;
    } catch (TelegramApiException e) {
      throw failure.read(e);
    }
  }

  /** End the poll that waits now: an interrupt alone does not reach its socket. */
  void endPoll() {
    pollCalls.cancelAll();
  }

  @Override
  public void close() {
    endPoll();
    pollCalls.executorService().shutdown();
    http.dispatcher().cancelAll();
    http.connectionPool().evictAll();
    http.dispatcher().executorService().shutdown();
  }
}
