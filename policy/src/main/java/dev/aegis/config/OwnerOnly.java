package dev.aegis.config;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Files and directories that nobody but their owner can reach. */
public final class OwnerOnly {

  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

  private OwnerOnly() {}

  /**
   * Make a directory with mode 0700, and its missing parents. One that exists must belong to this
   * user; if others can read it, it is closed to them.
   *
   * @throws IOException also when others own the directory or may write into it, for what they put
   *     there cannot be trusted
   */
  public static void createDirectory(Path directory) throws IOException {
    Path parent = directory.getParent();
    if (parent != null && !Files.exists(parent)) {
      Files.createDirectories(parent, PosixFilePermissions.asFileAttribute(DIRECTORY));
    }
    try {
      Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(DIRECTORY));
    } catch (FileAlreadyExistsException e) {
      takeOver(directory.toRealPath());
    }
  }

  private static void takeOver(Path existing) throws IOException {
    if (!Files.isDirectory(existing)) {
      throw new IOException(existing + " is in the way: expected a directory");
    }
    if (!Files.getAttribute(existing, "unix:uid")
        .equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
      throw new IOException(existing + " belongs to another user: expected a directory of yours");
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(existing);
    if (permissions.contains(PosixFilePermission.GROUP_WRITE)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new IOException(
          "others may write into %s: expected mode 0700, run: chmod 0700 %s"
              .formatted(existing, existing));
    }
    if (!permissions.equals(DIRECTORY)) {
      Files.setPosixFilePermissions(existing, DIRECTORY);
    }
  }

  /** Replace a file by new content in one step, with mode 0600. */
  public static void write(Path file, String content) throws IOException {
    Path temporary =
        file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid());
    Files.deleteIfExists(temporary);
    Files.createFile(temporary, PosixFilePermissions.asFileAttribute(FILE));
    Files.writeString(temporary, content, StandardOpenOption.WRITE);
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Say what is wrong with the permissions of a file that holds secrets.
   *
   * @return one line a person can act on, or empty when only the owner can reach the file
   */
  public static Optional<String> complaint(Path file) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isSymbolicLink()) {
      return complaint(file.toRealPath());
    }
    Set<PosixFilePermission> permissions = attributes.permissions();
    boolean open =
        permissions.stream()
            .anyMatch(p -> p.name().startsWith("GROUP_") || p.name().startsWith("OTHERS_"));
    if (!open) {
      return Optional.empty();
    }
    String expected = attributes.isDirectory() ? "0700" : "0600";
    return Optional.of(
        "%s has mode %s: others can reach it; expected %s, run: chmod %s %s"
            .formatted(file, PosixFilePermissions.toString(permissions), expected, expected, file));
  }
}
