package dev.aegis.daemon.channels.telegram;

import dev.aegis.daemon.channels.VisibleText;

/** Text for Telegram's HTML: what comes from elsewhere is cut, made visible, and escaped last. */
final class Html {

  private static final int LONGEST_BOLD = 100;

  private Html() {}

  static String line(String text, int most) {
    return escape(VisibleText.cut(VisibleText.line(text), most));
  }

  static String code(String text, int most) {
    return "<code>" + line(text, most) + "</code>";
  }

  static String bold(String text) {
    return "<b>" + line(text, LONGEST_BOLD) + "</b>";
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
