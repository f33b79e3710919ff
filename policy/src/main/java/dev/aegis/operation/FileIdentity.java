package dev.aegis.operation;

import java.time.Instant;

/**
 * What the kernel says of one file: enough to tell whether it is still the same object.
 *
 * @param device device number
 * @param inode inode number
 * @param size bytes
 * @param modified last modification of the content
 * @param born creation, {@link Instant#EPOCH} where the file system does not record it
 * @param mode type and permission bits as in {@code st_mode}
 * @param links number of hard links
 * @param uid owner
 * @param gid group
 */
public record FileIdentity(
    long device,
    long inode,
    long size,
    Instant modified,
    Instant born,
    int mode,
    int links,
    int uid,
    int gid) {

  private static final int TYPE_MASK = 0170000;

  /** Tell whether this is a directory. */
  public boolean isDirectory() {
    return (mode & TYPE_MASK) == 0040000;
  }

  /** Tell whether this is a regular file. */
  public boolean isRegular() {
    return (mode & TYPE_MASK) == 0100000;
  }

  /** Tell whether this is a symbolic link. */
  public boolean isSymbolicLink() {
    return (mode & TYPE_MASK) == 0120000;
  }

  /** Tell whether both name the same object, whatever happened to its content. */
  public boolean sameObject(FileIdentity other) {
    return device == other.device && inode == other.inode && born.equals(other.born);
  }
}
