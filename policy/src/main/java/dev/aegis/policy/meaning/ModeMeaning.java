package dev.aegis.policy.meaning;

import dev.aegis.operation.Operation.FileAccess;

/** What changing mode, owner or times of a file means. */
final class ModeMeaning {
  private static final int SET_UID = 04000;
  private static final int SET_GID = 02000;
  private static final Meaning SET_ID =
      Meaning.of("privilege.set_id", 85, "whoever runs this file becomes its owner");

  private ModeMeaning() {}

  static Meaning of(FileAccess access, Place place, Meaning write) {
    boolean directory = access.identity().map(id -> id.isDirectory()).orElse(false);
    boolean setId =
        (access.mode() & SET_UID) != 0 || ((access.mode() & SET_GID) != 0 && !directory);
    Meaning mode = Meaning.of("file.mode." + place.word(), write.risk().score(), place.text());
    Meaning plain = write.isWithin(WriteMeaning.OBEYED_BY_US) ? write.and(mode) : mode;
    return setId ? SET_ID.and(plain) : plain;
  }
}
