package dev.aegis.policy.meaning;

import dev.aegis.operation.Category;
import dev.aegis.operation.FileIdentity;
import dev.aegis.operation.Risk;
import dev.aegis.policy.Surroundings;
import dev.aegis.policy.command.PlanStep;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What can be told of the files of another machine or of a container: their names. */
final class ElsewhereSurroundings implements Surroundings {
  private static final String HOME = "/home/somebody";

  /* What happens in a container that goes away is gone with it. */
  private static final List<String> FRESH =
      List.of("file", "package", "privilege", "system.configure", "persistence", "data");

  /* A container that stays keeps its data; its software is its own business. */
  private static final List<String> KEPT =
      List.of("package", "privilege", "system.configure", "file.write", "file.mode", "persistence");

  private static final List<String> REMOTE =
      List.of("file.write.home", "file.write.elsewhere", "file.mode");

  private final Surroundings here;

  private ElsewhereSurroundings(Surroundings here) {
    this.here = here;
  }

  static Surroundings of(PlanStep.Place place, Surroundings here) {
    return place == PlanStep.Place.HERE ? here : new ElsewhereSurroundings(here);
  }

  /** Leave out what does not matter where a step runs. */
  static Meaning confined(PlanStep.Place place, Meaning meaning) {
    List<String> harmless =
        switch (place) {
          case HERE -> List.of();
          case REMOTE -> REMOTE;
          case CONTAINER -> KEPT;
          case FRESH_CONTAINER -> FRESH;
        };
    if (harmless.isEmpty() || meaning.categories().isEmpty()) {
      return meaning;
    }
    SortedSet<Category> left = new TreeSet<>();
    for (Category category : meaning.categories()) {
      if (harmless.stream().noneMatch(category::isWithin)) {
        left.add(category);
      }
    }
    return left.isEmpty()
        ? Meaning.NONE
        : new Meaning(left, new Risk(meaning.risk().score(), meaning.risk().reasons()));
  }

  @Override
  public Optional<FileIdentity> identify(String path) {
    return Optional.empty();
  }

  @Override
  public Optional<String> resolve(String cwd, String path) {
    return path.startsWith("/") ? Optional.of(Paths.normal(path)) : Optional.empty();
  }

  @Override
  public List<String> workspaces() {
    return List.of();
  }

  @Override
  public String home() {
    return HOME;
  }

  @Override
  public List<String> scratchDirectories() {
    return List.of("/tmp", "/var/tmp");
  }

  @Override
  public List<String> ownStateDirectories() {
    return List.of();
  }

  @Override
  public String wrapped() {
    return here.wrapped();
  }

  @Override
  public String user() {
    return here.user();
  }

  /** Nobody supervises what happens there: it is judged now or never. */
  @Override
  public boolean foresees() {
    return true;
  }
}
