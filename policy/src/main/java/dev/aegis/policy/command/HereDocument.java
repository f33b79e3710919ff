package dev.aegis.policy.command;

import dev.aegis.policy.command.Node.Redirect;
import java.util.ArrayList;
import java.util.List;

/** The words of a here-document come after the line that asks for it. */
final class HereDocument {
  private final String delimiter;
  private final boolean literal;
  private final boolean stripsTabs;
  private final List<Word.Part> parts = new ArrayList<>();

  HereDocument(String delimiter, boolean literal, String operator) {
    this.delimiter = delimiter;
    this.literal = literal;
    this.stripsTabs = operator.equals("<<-");
  }

  Redirect redirect() {
    return new Redirect("<<", new Word(parts), 0);
  }

  void read(Cursor in) throws ShellSyntaxException {
    StringBuilder body = new StringBuilder();
    while (!in.atEnd()) {
      String line = in.takeLine();
      String stripped = stripsTabs ? line.replaceFirst("^\t+", "") : line;
      if (stripped.equals(delimiter)) {
        break;
      }
      body.append(stripped).append('\n');
    }
    if (literal) {
      parts.add(new Word.Text(body.toString(), true));
    } else {
      parts.addAll(ShellParser.expanded(body.toString(), in.depth() + 1, in.work()).parts());
    }
  }
}
