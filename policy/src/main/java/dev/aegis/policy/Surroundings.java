package dev.aegis.policy;

import dev.aegis.operation.FileIdentity;
import java.util.List;
import java.util.Optional;

/**
 * What a decision may know beyond the operation itself. The daemon answers from the file system,
 * from git's own files and from what the session did; a test answers from constants.
 *
 * <p>Every answer is bounded in time. "Unknown" is a legal answer and never the lenient one.
 */
public interface Surroundings {

  /** What is known of one existing path without following a final symbolic link. */
  Optional<FileIdentity> identify(String path);

  /** Resolve a path as the kernel would, or empty when it cannot be resolved. */
  Optional<String> resolve(String cwd, String path);

  /** Real paths of the session's workspaces, possibly none. */
  List<String> workspaces();

  /** The user's home directory, real path. */
  String home();

  /** Temporary and cache directories, real paths. */
  List<String> scratchDirectories();

  /** Directories that hold the wrapped program's own state and login, real paths. */
  List<String> ownStateDirectories();

  /** Name of the wrapped program, such as {@code claude}. */
  String wrapped();

  /** Login name of the user. */
  String user();

  /** True when this very object was created by the session and never renamed in. */
  boolean createdBySession(FileIdentity identity);

  /** True when git holds exactly this content, so that a deletion can be taken back. */
  boolean unchangedInGit(String path);

  /** True when the path was ignored by git as the session began and nothing moved in since. */
  boolean regenerable(String path);
}
