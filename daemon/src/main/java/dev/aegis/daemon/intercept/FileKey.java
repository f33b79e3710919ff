package dev.aegis.daemon.intercept;

import dev.aegis.operation.FileIdentity;

/** Which file it is, whatever its name or content. */
record FileKey(long device, long inode) {
  static FileKey of(FileIdentity identity) {
    return new FileKey(identity.device(), identity.inode());
  }
}
