package dev.aegis.launcher;

import dev.aegis.launcher.card.Question;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells of questions where there is no terminal for a card: one line each, with the commands that
 * answer it.
 *
 * <p>Everything happens in the thread that watches the session.
 */
final class PlainListener implements SessionWatch.Listener {

  private static final int LONGEST_COMMAND = 200;

  private final Notices notices;
  private final Set<Long> told = new HashSet<>();

  PlainListener(Notices notices) {
    this.notices = notices;
  }

  @Override
  public void opened(Question question) {
    if (told.add(question.id())) {
      notices.tell(
          "approval %d waits: %s. Answer with: aegis approvals approve %d, or: aegis approvals deny %d"
              .formatted(question.id(), what(question), question.id(), question.id()));
    }
  }

  private static String what(Question question) {
    String command = question.command();
    return command.length() <= LONGEST_COMMAND
        ? command
        : command.substring(0, LONGEST_COMMAND) + " ...";
  }

  @Override
  public void decided(long id) {}

  /** A question may have been opened before the watch, or while the daemon was lost. */
  @Override
  public void onlyOpen(List<Question> open) {
    open.forEach(this::opened);
  }

  @Override
  public void notice(String text) {
    notices.tell(text);
  }
}
