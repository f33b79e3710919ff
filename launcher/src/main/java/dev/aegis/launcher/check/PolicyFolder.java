package dev.aegis.launcher.check;

import dev.aegis.policy.rules.Layer;
import dev.aegis.policy.rules.PolicySource;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The rules of one home as files. */
public final class PolicyFolder {
  private final Path user;
  private final Path learned;

  private PolicyFolder(Path user, Path learned) {
    this.user = user;
    this.learned = learned;
  }

  /**
   * The rules of a home.
   *
   * @param user the user's rules
   * @param learned directory of rules learned from approvals
   */
  public static PolicyFolder of(Path user, Path learned) {
    return new PolicyFolder(user, learned);
  }

  /** Read what is there; a missing file is no error. */
  public List<PolicySource> sources() throws IOException {
    List<PolicySource> sources = new ArrayList<>();
    if (Files.exists(user)) {
      sources.add(new PolicySource(Layer.USER, user.toString(), Files.readString(user)));
    }
    if (Files.isDirectory(learned)) {
      List<Path> files = new ArrayList<>();
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(learned, "*.toml")) {
        entries.forEach(files::add);
      }
      files.sort(null);
      for (Path file : files) {
        sources.add(new PolicySource(Layer.LEARNED, file.toString(), Files.readString(file)));
      }
    }
    return sources;
  }
}
