package dev.aegis.policy.meaning;

import dev.aegis.operation.FileIdentity;
import dev.aegis.policy.Surroundings;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What reading a file means. */
final class ReadMeaning {
  private static final Set<String> INSIDE_OF_A_PROCESS =
      Set.of(
          "mem",
          "environ",
          "fd",
          "fdinfo",
          "root",
          "cwd",
          "exe",
          "map_files",
          "maps",
          "smaps",
          "auxv",
          "stack",
          "syscall",
          "pagemap",
          "task",
          "ns",
          "io",
          "personality",
          "clear_refs",
          "wchan",
          "timers",
          "numa_maps",
          "attr",
          "mountinfo");
  private static final Set<String> RAW_MEMORY =
      Set.of(
          "/dev/mem",
          "/dev/kmem",
          "/dev/port",
          "/proc/kcore",
          "/proc/kmsg",
          "/proc/vmcore",
          "/proc/keys");
  private static final Meaning FOREIGN =
      Meaning.of("supervision.foreign_process", 85, "looks into a process outside this session");
  private static final Meaning DEVICE =
      Meaning.of("file.read.device", 75, "reads a device below the file system");
  private static final Meaning OWN_SECRET =
      Meaning.of("secret.own", 5, "a program reads its own credentials");

  private final FileIndex secrets;
  private final Map<Place, Meaning> plain = new EnumMap<>(Place.class);

  ReadMeaning(FileIndex secrets) {
    this.secrets = secrets;
    for (Place place : Place.values()) {
      plain.put(place, Meaning.of("file.read." + place.word(), 0, ""));
    }
  }

  Meaning of(
      String path, Place place, Optional<FileIdentity> identity, String program, Surroundings s) {
    if (place == Place.FOREIGN_PROCESS && looksInside(path)) {
      return FOREIGN;
    }
    if (place == Place.MACHINE && (isRaw(path, identity) || isDisk(path, s))) {
      return DEVICE;
    }
    FileClass secret = secrets.find(path, s);
    if (secret == null) {
      return plain.get(place);
    }
    Optional<FileIdentity> object = identity.or(() -> s.identify(path));
    boolean named = object.isEmpty() && s.foresees();
    if (!named && isNothing(object, s)) {
      return plain.get(place);
    }
    if (secret.trackedIsPublic() && isPublic(path, place, s)) {
      return plain.get(place);
    }
    boolean own =
        secret.isOwnOf(program, path, s) || (place == Place.OWN_STATE && s.askedByWrappedProgram());
    Meaning meaning = own ? OWN_SECRET : secret.meaning();
    return meaning.and(plain.get(place));
  }

  private static boolean isNothing(Optional<FileIdentity> object, Surroundings s) {
    return object.isEmpty() || object.get().isDirectory() || s.createdBySession(object.get());
  }

  private static boolean isPublic(String path, Place place, Surroundings s) {
    return Places.isSystem(path)
        || place == Place.TOOL_STATE
        || s.regenerable(path)
        || s.unchangedInGit(path);
  }

  static boolean looksInside(String path) {
    List<String> names = List.of(path.split("/", 5));
    return names.size() > 3
        && (INSIDE_OF_A_PROCESS.contains(names.get(3)) || names.get(3).startsWith("smaps"));
  }

  /** Where it cannot be looked at, a device goes by its name. */
  private static boolean isDisk(String path, Surroundings s) {
    return s.foresees()
        && path.matches("/dev/(sd|hd|vd|xvd|nvme|mmcblk|dm-|mapper/|md|loop|disk|rdisk)[^ ]*");
  }

  private static boolean isRaw(String path, Optional<FileIdentity> identity) {
    boolean block = identity.map(id -> (id.mode() & 0170000) == 0060000).orElse(false);
    return block || RAW_MEMORY.contains(path);
  }
}
