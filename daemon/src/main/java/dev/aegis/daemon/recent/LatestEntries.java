package dev.aegis.daemon.recent;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map of at most so many entries, which forgets its eldest when one more comes. Not thread-safe.
 */
public final class LatestEntries<K, V> extends LinkedHashMap<K, V> {

  private static final long serialVersionUID = 1;

  private final int most;

  private LatestEntries(int most, boolean byUse) {
    super(16, 0.75f, byUse);
    this.most = most;
  }

  /** A map whose eldest entry is the one that came first. */
  public static <K, V> Map<K, V> written(int most) {
    return new LatestEntries<>(most, false);
  }

  /** A map whose eldest entry is the one that nobody has put or asked for longest. */
  public static <K, V> Map<K, V> used(int most) {
    return new LatestEntries<>(most, true);
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
