package dev.aegis.policy.meaning;

import dev.aegis.policy.snapshot.PathPattern;
import java.util.List;

/**
 * The sets of paths that decide what an operation on a file means.
 *
 * @param unclear where more than the path decides
 * @param places everywhere else: two paths that lie in the same of these sets mean the same
 */
public record Landmarks(PathPattern unclear, List<PathPattern> places) {
  public Landmarks {
    places = List.copyOf(places);
  }
}
