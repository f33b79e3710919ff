package dev.aegis.launcher.card;

import dev.aegis.launcher.relay.Overlay;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The terminal card: asks the oldest pending question until it is decided, here or elsewhere.
 *
 * <p>Everything happens in the relay's thread.
 */
public final class Card implements Overlay {

  /** How long keys mean nothing after a question appeared, in nanoseconds. */
  static final long GUARD = 500_000_000L;

  private static final long SECOND = 1_000_000_000L;
  private static final long MILLISECOND = 1_000_000L;

  private final Map<Long, Question> pending = new LinkedHashMap<>();
  private final Desk desk;
  private final Clock clock;
  private KeyReader keys = new KeyReader();
  private ReasonLine reason;
  private Question asked;
  private long askedAt;
  private long secondDrawn;
  private Menu menu = Menu.FIRST;
  private boolean sent;
  private boolean detailed;
  private Details details = Details.UNKNOWN;
  private String notice = "";
  private boolean changed;

  /** A card whose answers go to a desk; the clock tells the time left. */
  public Card(Desk desk, Clock clock) {
    this.desk = desk;
    this.clock = clock;
  }

  // What happens elsewhere

  /** A question was opened, or is still open after the daemon came back. */
  public void opened(Question question) {
    pending.putIfAbsent(question.id(), question);
    changed = true;
  }

  /** A question was decided, wherever. */
  public void decided(long id) {
    pending.remove(id);
    changed = true;
  }

  /** Only these questions are open: what the daemon says after it came back. */
  public void onlyOpen(List<Question> open) {
    pending.keySet().retainAll(open.stream().map(Question::id).toList());
    open.forEach(this::opened);
    changed = true;
  }

  /** An answer did not reach the daemon; it can be given again. */
  public void notSent(long id, String why) {
    if (asked != null && asked.id() == id) {
      sent = false;
      menu = Menu.FIRST;
      notice = Harmless.text(why);
      changed = true;
    }
  }

  /** What is known about a question arrived. */
  public void detailed(long id, Details known) {
    if (asked != null && asked.id() == id) {
      details = known;
      changed = true;
    }
  }

  // Overlay

  @Override
  public boolean isWanted() {
    return !pending.isEmpty();
  }

  @Override
  public void shown(long now) {
    ask(now);
  }

  @Override
  public void hidden() {
    asked = null;
  }

  @Override
  public boolean tick(long now) {
    if (asked == null || !pending.containsKey(asked.id())) {
      ask(now);
    }
    keys.key(now).ifPresent(key -> press((char) key));
    boolean next = changed || now - secondDrawn >= SECOND;
    changed = false;
    return next;
  }

  @Override
  public long patience(long now) {
    long key = keys.isWaiting() ? KeyReader.QUIET : SECOND;
    long second = Math.max(0, SECOND - (now - secondDrawn));
    return Math.min(key, second) / MILLISECOND + 1;
  }

  private void ask(long now) {
    Iterator<Question> oldest = pending.values().iterator();
    asked = oldest.hasNext() ? oldest.next() : null;
    askedAt = now;
    keys = new KeyReader();
    reason = null;
    menu = Menu.FIRST;
    sent = false;
    detailed = false;
    details = Details.UNKNOWN;
    notice = "";
    changed = true;
    if (asked != null) {
      desk.details(asked.id());
    }
  }

  @Override
  public void typed(byte[] bytes, long now) {
    if (asked == null || now - askedAt < GUARD) {
      return;
    }
    if (reason != null) {
      changed = true;
      editReason(bytes);
    } else {
      keys.read(bytes, now);
    }
  }

  private void editReason(byte[] bytes) {
    switch (reason.type(bytes)) {
      case DONE -> answer(Answer.DENY, reason.text());
      case LEFT -> reason = null;
      case EDITING -> {}
    }
  }

  private void press(char key) {
    if (sent || asked == null) {
      return;
    }
    Optional<Answer> answer = menu.answer(key);
    if (answer.isPresent()) {
      answer(answer.get(), "");
    } else if (menu == Menu.FIRST && key == 'r') {
      reason = new ReasonLine();
    } else if (key == 'i' || key == '?') {
      detailed = !detailed;
    } else {
      menu = menu.after(key);
    }
    changed = true;
  }

  private void answer(Answer answer, String why) {
    reason = null;
    sent = true;
    notice = "";
    desk.decide(asked.id(), answer, why);
  }

  @Override
  public String frame(int rows, int columns, long now) {
    secondDrawn = now;
    Frame frame = new Frame(rows, columns);
    if (asked == null) {
      return frame.sequences();
    }
    CardView.question(frame, asked, details, detailed);
    asked
        .expiresAt()
        .map(end -> Duration.between(clock.instant(), end))
        .ifPresent(left -> CardView.timeLeft(frame, left));
    if (detailed) {
      CardView.details(frame, details);
    }
    if (reason != null) {
      frame.blank();
      frame.foot("Deny, because (Enter sends, Esc goes back): " + Harmless.text(reason.text()));
    } else if (sent) {
      frame.blank();
      frame.foot("Sent; waiting for Aegis ...");
    } else {
      CardView.keys(frame, pending.size() - 1, menu);
    }
    if (!notice.isEmpty()) {
      frame.foot(notice);
    }
    return frame.sequences();
  }
}
