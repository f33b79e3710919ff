package dev.aegis.daemon.channels.whatsapp;

import dev.aegis.config.Role;
import dev.aegis.daemon.approvals.Answerer;
import dev.aegis.daemon.channels.VisibleText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who may answer, known by their number alone. */
final class People {

  private static final int LONGEST_NAME = 60;

  private final Map<Long, Role> people;

  People(Map<Long, Role> people) {
    this.people = Map.copyOf(people);
  }

  /** Return whom questions are put to. */
  List<Long> audience() {
    return people.entrySet().stream()
        .filter(one -> one.getValue().isAtLeast(Role.APPROVER))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  Optional<Answerer> who(Said said) {
    return Optional.ofNullable(people.get(said.phone()))
        .map(role -> new Answerer(WhatsAppChannel.NAME + ":" + said.phone(), name(said), role));
  }

  /** Return how somebody is called, with everything visible. */
  static String name(Said said) {
    String own = VisibleText.cut(VisibleText.line(said.name()), LONGEST_NAME);
    return (own.isEmpty() ? "somebody" : own) + " (+" + said.phone() + ")";
  }
}
