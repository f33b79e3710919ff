package dev.aegis.measure;

import dev.aegis.operation.FileIdentity;
import dev.aegis.policy.Surroundings;
import java.util.List;
import java.util.Optional;

/** A machine without files: what is judged are names, and no file system is waited for. */
final class Nowhere implements Surroundings {
  static final String HOME = "/home/user";
  static final String WORKSPACE = HOME + "/project";

  private final boolean foresees;

  /**
   * Such a machine.
   *
   * @param foresees true when nothing will really run, as in {@code aegis policy check}
   */
  Nowhere(boolean foresees) {
    this.foresees = foresees;
  }

  @Override
  public Optional<FileIdentity> identify(String path) {
    return Optional.empty();
  }

  @Override
  public Optional<String> resolve(String cwd, String path) {
    return Optional.of(path.startsWith("/") ? path : cwd + "/" + path);
  }

  @Override
  public List<String> workspaces() {
    return List.of(WORKSPACE);
  }

  @Override
  public String home() {
    return HOME;
  }

  @Override
  public List<String> scratchDirectories() {
    return List.of("/tmp", "/var/tmp", HOME + "/.cache");
  }

  @Override
  public List<String> ownStateDirectories() {
    return List.of(HOME + "/.claude");
  }

  @Override
  public String wrapped() {
    return "claude";
  }

  @Override
  public String user() {
    return "user";
  }

  @Override
  public boolean createdBySession(FileIdentity identity) {
    return false;
  }

  @Override
  public boolean unchangedInGit(String path) {
    return false;
  }

  @Override
  public boolean regenerable(String path) {
    return false;
  }

  @Override
  public boolean inSession(int pid) {
    return false;
  }

  @Override
  public boolean foresees() {
    return foresees;
  }
}
