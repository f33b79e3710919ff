package dev.aegis.policy;

import dev.aegis.operation.FileIdentity;
import dev.aegis.operation.Operation.SocketAccess;
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
  default boolean createdBySession(FileIdentity identity) {
    return false;
  }

  /** True when git holds exactly this content, so that a deletion can be taken back. */
  default boolean unchangedInGit(String path) {
    return false;
  }

  /** True when the path was ignored by git as the session began and nothing moved in since. */
  default boolean regenerable(String path) {
    return false;
  }

  /** True when a process belongs to the session; pids as the kernel takes them, positive. */
  default boolean inSession(int pid) {
    return false;
  }

  /**
   * Path of the script that the asking process interprets, as the kernel or its command line named
   * it when it was started.
   */
  default Optional<String> script() {
    return Optional.empty();
  }

  /** Who listens at a local address, when that can be known. */
  default Optional<Listener> listener(SocketAccess access) {
    return Optional.empty();
  }

  /** True when the asking process lives in a mount namespace that the session made. */
  default boolean inOwnMountNamespace() {
    return false;
  }

  /**
   * True when a path lies on a file system in memory that the asking process sees and the session's
   * starter does not, such as the empty root that a sandbox is built in.
   */
  default boolean onPrivateFileSystem(String path) {
    return false;
  }

  /** True when the asking process is the wrapped program itself and none of its children. */
  default boolean askedByWrappedProgram() {
    return false;
  }

  /**
   * True when words, as the asking process would start them, end as the command line that the user
   * wrapped does, and the asking process is that program: about to start for the first time, or
   * starting itself again. Never for one without arguments.
   */
  default boolean isWrappedCommand(List<String> words) {
    return false;
  }

  /**
   * True unless git's own files show that the work tree around a directory holds nothing that is
   * not committed.
   */
  default boolean holdsUncommittedWork(String directory) {
    return true;
  }

  /** True when git's own files show that a branch is contained in another. */
  default boolean branchIsMerged(String directory, String branch) {
    return false;
  }

  /**
   * True when no program will really start, so that no later operation will be judged: what a
   * command would do to files counts at once, and what is not there is judged by its name.
   */
  default boolean foresees() {
    return false;
  }

  /** Text of a small regular file, when it can be read at once; of any other, nothing. */
  default Optional<String> text(String path) {
    return Optional.empty();
  }

  /**
   * Count one more operation that reaches a rule with a {@code rate}.
   *
   * @return how many there were within its window in this session, this one included; any number
   *     above {@link OperationCount#moreThan()} where there were more
   */
  default int count(OperationCount counted) {
    return 1;
  }

  /**
   * True when the process that asks was itself started with a variable, or an answer allowed that
   * it starts another one with it.
   *
   * @param variable {@code NAME=value}
   */
  default boolean isKnownSetting(String variable) {
    return false;
  }
}
