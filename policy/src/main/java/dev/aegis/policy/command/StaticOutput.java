package dev.aegis.policy.command;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Tells what a command prints, where its words and its input say that completely. */
final class StaticOutput {
  private final List<String> words;
  private final Optional<String> input;

  private StaticOutput(List<String> words, Optional<String> input) {
    this.words = words;
    this.input = input;
  }

  static Optional<String> of(String program, List<Argument> argv, Optional<String> input) {
    if (!argv.stream().allMatch(Argument::known)) {
      return Optional.empty();
    }
    StaticOutput output = new StaticOutput(argv.stream().map(Argument::text).toList(), input);
    return output.of(program).filter(text -> text.length() <= Bounds.SCRIPT);
  }

  private Optional<String> of(String program) {
    return switch (program) {
      case "echo" -> Optional.of(echo());
      case "printf" -> printf();
      case "cat", "tee", "sponge" -> plain() ? input : Optional.empty();
      case "base64", "gbase64" -> base64();
      case "openssl" -> words.contains("-base64") || words.contains("base64") ? base64() : none();
      case "base32" -> none();
      case "xxd" -> hasOption('r') ? hex() : none();
      case "rev" -> plain() ? input.map(StaticOutput::reversed) : none();
      case "tr" -> translated();
      case "gunzip", "zcat" -> unzipped();
      case "gzip" -> hasOption('d') ? unzipped() : none();
      case "mktemp" -> Optional.of(hasOption('d') ? "/tmp/tmp.d/\n" : "/tmp/tmp.XXXXXXXXXX\n");
      case "pwd", "whoami", "true" -> none();
      case "which" -> words.size() == 2 ? Optional.of("/usr/bin/" + words.get(1) + "\n") : none();
      case "command" ->
          words.size() == 3 && words.get(1).equals("-v")
              ? Optional.of("/usr/bin/" + words.get(2) + "\n")
              : none();
      case "dirname" -> words.size() == 2 ? Optional.of(directory(words.get(1)) + "\n") : none();
      case "basename" -> words.size() == 2 ? Optional.of(name(words.get(1)) + "\n") : none();
      default -> none();
    };
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  private static String directory(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "." : slash == 0 ? "/" : path.substring(0, slash);
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** No operand but {@code -}. */
  private boolean plain() {
    return words.stream().skip(1).allMatch(w -> w.startsWith("-"));
  }

  private boolean hasOption(char letter) {
    return words.stream()
        .skip(1)
        .anyMatch(w -> w.startsWith("-") && !w.startsWith("--") && w.indexOf(letter) > 0);
  }

  private String echo() {
    int at = 1;
    boolean escapes = false;
    boolean newline = true;
    while (at < words.size() && words.get(at).matches("-[neE]+")) {
      escapes |= words.get(at).indexOf('e') > 0;
      newline &= words.get(at).indexOf('n') < 0;
      at++;
    }
    String text = String.join(" ", words.subList(at, words.size()));
    return (escapes ? unescaped(text) : text) + (newline ? "\n" : "");
  }

  private Optional<String> printf() {
    int at = words.size() > 1 && words.get(1).equals("--") ? 2 : 1;
    if (words.size() <= at || words.get(at).equals("-v")) {
      return none();
    }
    String format = unescaped(words.get(at));
    List<String> values = new ArrayList<>(words.subList(at + 1, words.size()));
    StringBuilder out = new StringBuilder();
    do {
      int before = values.size();
      if (!formatted(format, values, out) || out.length() > Bounds.SCRIPT) {
        return none();
      }
      if (values.size() == before) {
        break;
      }
    } while (!values.isEmpty());
    return Optional.of(out.toString());
  }

  private static boolean formatted(String format, List<String> values, StringBuilder out) {
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%') {
        out.append(c);
        continue;
      }
      if (++i >= format.length()) {
        return false;
      }
      char kind = format.charAt(i);
      if (kind == '%') {
        out.append('%');
      } else if ("sbdqc".indexOf(kind) >= 0) {
        String value = values.isEmpty() ? "" : values.remove(0);
        out.append(
            kind == 'b'
                ? unescaped(value)
                : kind == 'c' && !value.isEmpty() ? value.substring(0, 1) : value);
      } else {
        return false;
      }
    }
    return true;
  }

  private static String unescaped(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    try {
      String quotable = text.replace("'", "\\'").replaceAll("\\\\0([0-7]{1,3})", "\\\\$1");
      return new AnsiQuote(new Cursor(quotable + "'", 0, new Work())).read();
    } catch (ShellSyntaxException e) {
      /* Too long to be looked at: it stands as it was written. */
      return text;
    }
  }

  private Optional<String> base64() {
    boolean decodes =
        words.stream().anyMatch(w -> w.equals("--decode") || w.equals("-D")) || hasOption('d');
    String source = null;
    if (words.stream().skip(1).allMatch(w -> w.startsWith("-") || w.matches("enc|base64|[0-9]+"))) {
      source = input.orElse(null);
    }
    if (source == null) {
      return none();
    }
    try {
      return decodes
          ? Optional.of(text(Base64.getMimeDecoder().decode(source.strip())))
          : Optional.of(
              Base64.getEncoder().encodeToString(source.getBytes(StandardCharsets.ISO_8859_1))
                  + "\n");
    } catch (IllegalArgumentException e) {
      return none();
    }
  }

  private Optional<String> hex() {
    return input.flatMap(
        text -> {
          String digits = text.replaceAll("(?i)\\\\x|0x|[^0-9a-f]", "");
          return digits.length() % 2 == 0 && !digits.isEmpty()
              ? Optional.of(text(HexFormat.of().parseHex(digits.toLowerCase(Locale.ROOT))))
              : none();
        });
  }

  private static String text(byte[] bytes) {
    /* Byte for byte: a compressed payload passes through here too. */
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String reversed(String text) {
    StringBuilder out = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      out.append(new StringBuilder(line).reverse()).append('\n');
    }
    out.setLength(out.length() - 1);
    return out.toString();
  }

  private Optional<String> unzipped() {
    if (input.isEmpty() || !plain()) {
      return none();
    }
    byte[] bytes = input.get().getBytes(StandardCharsets.ISO_8859_1);
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return Optional.of(text(in.readNBytes(Bounds.WORD)));
    } catch (IOException e) {
      return none();
    }
  }

  private Optional<String> translated() {
    if (input.isEmpty() || words.size() < 3) {
      return none();
    }
    if (words.get(1).equals("-d")) {
      String unwanted = set(words.get(2));
      return unwanted.isEmpty()
          ? none()
          : Optional.of(filtered(input.get(), c -> unwanted.indexOf(c) < 0));
    }
    String from = set(words.get(1));
    String to = set(words.get(2));
    if (words.get(1).startsWith("-") || from.isEmpty() || to.isEmpty()) {
      return none();
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < input.get().length(); i++) {
      char c = input.get().charAt(i);
      int at = from.indexOf(c);
      out.append(at < 0 ? c : to.charAt(Math.min(at, to.length() - 1)));
    }
    return Optional.of(out.toString());
  }

  private interface Keep {
    boolean test(char c);
  }

  private static String filtered(String text, Keep keep) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (keep.test(c)) {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** Write out ranges and escapes of {@code tr}; empty when it is not understood. */
  private static String set(String written) {
    String text =
        unescaped(written)
            .replace("[:upper:]", "A-Z")
            .replace("[:lower:]", "a-z")
            .replace("[:digit:]", "0-9")
            .replace("[:space:]", " \t\n");
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      boolean range = i + 2 < text.length() && text.charAt(i + 1) == '-';
      if (range) {
        for (char c = text.charAt(i); c <= text.charAt(i + 2) && out.length() < 512; c++) {
          out.append(c);
        }
        i += 2;
      } else {
        out.append(text.charAt(i));
      }
    }
    return out.toString();
  }
}
