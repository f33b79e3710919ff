package dev.aegis.daemon.policy;

import dev.aegis.operation.FileIdentity;
import dev.aegis.policy.Surroundings;
import java.util.List;
import java.util.Optional;

/** A machine without files. */
final class NowhereSurroundings implements Surroundings {

  @Override
  public Optional<FileIdentity> identify(String path) {
    return Optional.empty();
  }

  @Override
  public Optional<String> resolve(String cwd, String path) {
    return Optional.of(path);
  }

  @Override
  public List<String> workspaces() {
    return List.of("/work");
  }

  @Override
  public String home() {
    return "/home/user";
  }

  @Override
  public List<String> scratchDirectories() {
    return List.of("/tmp");
  }

  @Override
  public List<String> ownStateDirectories() {
    return List.of();
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
}
