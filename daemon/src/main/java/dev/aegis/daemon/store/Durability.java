package dev.aegis.daemon.store;

/** How safe a record must be before the one who waits for it may go on. */
public enum Durability {
  /** Written within 100 ms; nobody waits for it. */
  TRAILING,
  /** Committed: survives a killed daemon. Synced to the disk within 100 ms. */
  WRITTEN,
  /** Committed and synced to the disk: survives a power cut. */
  SYNCED
}
