package dev.aegis.daemon.channels;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes and reads what a button carries: what it does, for which approval, on which message of
 * which chat, and a code that only this daemon can make. Under 64 bytes.
 */
public final class CallbackSeal {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int CODE_BYTES = 12;
  private static final int RADIX = 36;
  private static final int PARTS = 4;

  private final SecretKeySpec key;

  public CallbackSeal(SecretKeySpec key) {
    this.key = key;
  }

  /** What a button does. */
  public enum Action {
    ONCE('o'),
    SESSION('s'),
    TEN_MINUTES('m'),
    HOUR('h'),
    /** Shows more buttons. */
    MORE('e'),
    /** Asks whether that is really meant. */
    ALWAYS('w'),
    /** It is really meant. */
    SURELY_ALWAYS('y'),
    /** Shows the first buttons again. */
    BACK('b'),
    DENY('d'),
    DETAILS('i'),
    DENY_ALL('a');

    private final char letter;

    Action(char letter) {
      this.letter = letter;
    }

    private static Optional<Action> of(String letter) {
      return Arrays.stream(values())
          .filter(one -> letter.equals(String.valueOf(one.letter)))
          .findFirst();
    }
  }

  /**
   * What a tap says.
   *
   * @param nonce of the message
   */
  public record Tap(Action action, long approval, String nonce) {}

  /** Write what a button of a chat carries. */
  public String write(Tap tap, long chat) {
    String body =
        tap.action().letter + "." + Long.toString(tap.approval(), RADIX) + "." + tap.nonce();
    return body + "." + code(body, chat);
  }

  /** Read what a button carried; empty when this daemon never wrote it for that chat. */
  public Optional<Tap> read(String data, long chat) {
    String[] parts = data.split("\\.", -1);
    if (parts.length != PARTS) {
      return Optional.empty();
    }
    String body = parts[0] + "." + parts[1] + "." + parts[2];
    boolean genuine =
        MessageDigest.isEqual(
            code(body, chat).getBytes(StandardCharsets.US_ASCII),
            parts[3].getBytes(StandardCharsets.UTF_8));
    return genuine
        ? Action.of(parts[0])
            .map(action -> new Tap(action, Long.parseLong(parts[1], RADIX), parts[2]))
        : Optional.empty();
  }

  private String code(String body, long chat) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] code = mac.doFinal((chat + "|" + body).getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Arrays.copyOf(code, CODE_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has " + ALGORITHM, e);
    }
  }
}
