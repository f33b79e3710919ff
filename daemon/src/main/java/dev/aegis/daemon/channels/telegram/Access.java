package dev.aegis.daemon.channels.telegram;

import dev.aegis.config.AegisConfig;
import dev.aegis.config.Role;
import dev.aegis.daemon.channels.VisibleText;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.telegram.telegrambots.meta.api.objects.User;

/** Who may talk to the bot, and where. */
final class Access {

  private static final int LONGEST_NAME = 60;

  private final Map<Long, Role> people;
  private final List<AegisConfig.Chat> groups;

  Access(Map<Long, Role> people, List<AegisConfig.Chat> groups) {
    this.people = Map.copyOf(people);
    this.groups = List.copyOf(groups);
  }

  /** Return where questions are put: the groups, or everybody who may answer alone. */
  List<Place> audience() {
    if (!groups.isEmpty()) {
      return groups.stream().map(chat -> new Place(chat.id(), chat.topic().orElse(0))).toList();
    }
    return people.entrySet().stream()
        .filter(one -> one.getValue().isAtLeast(Role.APPROVER))
        .map(one -> new Place(one.getKey(), 0))
        .sorted((a, b) -> Long.compare(a.chat(), b.chat()))
        .toList();
  }

  /** Return who talks, when they may, where they may. */
  Optional<Person> person(User user, Place place) {
    Role role = user.getIsBot() != null && user.getIsBot() ? null : people.get(user.getId());
    if (role == null || !(place.chat() == user.getId() || isGroup(place))) {
      return Optional.empty();
    }
    return Optional.of(new Person(user.getId(), name(user), role));
  }

  private boolean isGroup(Place place) {
    return groups.stream()
        .anyMatch(
            chat ->
                chat.id() == place.chat()
                    && (chat.topic().isEmpty() || chat.topic().get() == place.topic()));
  }

  /** Return how a person is called, with everything visible. */
  static String name(User user) {
    String full =
        Stream.of(user.getFirstName(), user.getLastName())
            .filter(Objects::nonNull)
            .reduce((first, last) -> first + " " + last)
            .orElse("somebody");
    String handle = user.getUserName() == null ? "id " + user.getId() : "@" + user.getUserName();
    return VisibleText.cut(VisibleText.line(full), LONGEST_NAME)
        + " ("
        + VisibleText.line(handle)
        + ")";
  }
}
