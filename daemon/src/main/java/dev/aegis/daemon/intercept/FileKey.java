package dev.aegis.daemon.intercept;

import dev.aegis.daemon.kernel.LoadedProgram;
import dev.aegis.operation.FileIdentity;

/** Which file it is, whatever its name or content. */
record FileKey(long device, long inode) {
  static FileKey of(FileIdentity identity) {
    return new FileKey(identity.device(), identity.inode());
  }

  static FileKey of(LoadedProgram program) {
    return new FileKey(program.device(), program.inode());
  }
}
