package dev.aegis.launcher;

import dev.aegis.config.AegisConfig;
import dev.aegis.launcher.os.Landlock;
import dev.aegis.operation.Floor;
import java.io.IOException;

/**
 * The floor that the kernel lays under one session.
 *
 * @param floor what it refuses
 * @param noNewPrivileges whether the session gives up set-id programs for it
 */
record SessionFloor(Floor floor, boolean noNewPrivileges) {

  private static final SessionFloor NONE = new SessionFloor(Floor.NONE, false);

  /**
   * Find what configuration and kernel give together.
   *
   * @throws LaunchException when the floor is wanted in any case and cannot be laid
   */
  static SessionFloor of(AegisConfig.FloorWish wish) throws LaunchException, IOException {
    if (wish == AegisConfig.FloorWish.OFF) {
      return NONE;
    }
    if (!Landlock.hasScopes()) {
      if (wish == AegisConfig.FloorWish.ALWAYS) {
        throw new LaunchException(
            3,
            "sessions.floor = \"always\": this kernel lays no floor, which Linux from 6.12 on does"
                + " where Landlock is switched on; sessions.floor = \"auto\" goes on without");
      }
      return NONE;
    }
    if (Landlock.needsNoPromise()) {
      return new SessionFloor(Floor.SCOPE, false);
    }
    return wish == AegisConfig.FloorWish.ALWAYS ? new SessionFloor(Floor.SCOPE, true) : NONE;
  }

  /** Return the word of the starter's command line. */
  String word() {
    return floor.label() + (noNewPrivileges ? ",no-new-privileges" : "");
  }
}
