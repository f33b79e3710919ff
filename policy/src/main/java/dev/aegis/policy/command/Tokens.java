package dev.aegis.policy.command;

import java.util.ArrayList;
import java.util.List;

/** Steps over what separates words, knows reserved words, and reads here-documents when due. */
final class Tokens {
  private final Cursor in;
  private final List<HereDocument> pending = new ArrayList<>();

  Tokens(Cursor in) {
    this.in = in;
  }

  /** Remember a here-document; its text follows the line that is being read. */
  void await(HereDocument document) {
    pending.add(document);
  }

  /** Tell whether a command ends here. */
  boolean isSeparator() {
    return in.here() == ';' || in.here() == '&' || in.here() == '\n';
  }

  /** Step over the ends of commands. */
  void separators() throws ShellSyntaxException {
    blanks();
    while (isSeparator() && !in.startsWith(";;") && !in.startsWith(";&")) {
      if (in.take() == '\n') {
        hereDocuments();
      }
      blanks();
    }
  }

  /** Step over blank lines. */
  void newlines() throws ShellSyntaxException {
    blanks();
    while (in.here() == '\n') {
      in.take();
      hereDocuments();
      blanks();
    }
  }

  /** Step over blanks and a comment. */
  void blanks() {
    while (true) {
      if (in.here() == ' ' || in.here() == '\t' || in.here() == '\r') {
        in.take();
      } else if (!in.takeIf("\\\n")) {
        break;
      }
    }
    if (in.here() == '#') {
      while (!in.atEnd() && in.here() != '\n') {
        in.take();
      }
    }
  }

  private void hereDocuments() throws ShellSyntaxException {
    List<HereDocument> all = List.copyOf(pending);
    pending.clear();
    for (HereDocument document : all) {
      document.read(in);
    }
  }

  /** Return the reserved word here, or the empty string. */
  String keyword() {
    int length = 0;
    while (length < 10 && isKeywordCharacter(in.ahead(length))) {
      length++;
    }
    char next = in.ahead(length);
    if (length == 0 || (next != 0 && " \t\n;&|()<>".indexOf(next) < 0)) {
      return "";
    }
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append(in.ahead(i));
    }
    String text = word.toString();
    return ShellWords.RESERVED.contains(text) ? text : "";
  }

  private static boolean isKeywordCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c != 0 && "!{}[]".indexOf(c) >= 0);
  }

  /** Step over a reserved word, if it stands here. */
  boolean takeKeyword(String word) {
    blanks();
    return keyword().equals(word) && in.takeIf(word);
  }

  /** Step over a reserved word that must stand here. */
  void expectKeyword(String word) throws ShellSyntaxException {
    if (!takeKeyword(word)) {
      throw new ShellSyntaxException("expected " + word);
    }
  }
}
