package dev.aegis.config;

import dev.aegis.policy.rules.Layer;
import dev.aegis.policy.rules.PolicySource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules that the workspaces of one session bring, {@code .aegis/policy.toml} of each.
 *
 * <p>Whoever is supervised can write there, and a repository may come from anybody. So only a plain
 * file of one name is read, and no more than a little of it: no link can lead elsewhere, and no
 * other name can change what was looked at.
 *
 * @param workspaces real paths
 * @param trusted which of them may allow, too
 */
public record ProjectPolicies(List<Path> workspaces, TrustedProjects trusted) {

  private static final int LARGEST = 1 << 20;
  private static final int FORMAT = 0170000;
  private static final int REGULAR = 0100000;

  public ProjectPolicies {
    workspaces = List.copyOf(workspaces);
  }

  /** Return where the rules of a workspace stand. */
  public static Path file(Path workspace) {
    return workspace.resolve(".aegis").resolve("policy.toml");
  }

  /**
   * Read what is there; a missing file is no error.
   *
   * @throws UnreadablePolicyException naming the one that cannot be read, or is no plain file
   */
  public List<PolicySource> read() throws UnreadablePolicyException {
    List<PolicySource> sources = new ArrayList<>();
    for (Path workspace : workspaces) {
      Path file = file(workspace);
      try {
        Optional<String> text = text(file);
        if (text.isPresent()) {
          Layer layer = trusted.trusts(file, text.get()) ? Layer.TRUSTED_PROJECT : Layer.PROJECT;
          sources.add(new PolicySource(layer, file.toString(), text.get()));
        }
      } catch (IOException e) {
        throw new UnreadablePolicyException(
            file.toString(), "cannot be read: " + FileTrouble.of(e), e);
      }
    }
    return sources;
  }

  /** Return the text of one file, or empty when there is none. */
  static Optional<String> text(Path file) throws IOException, UnreadablePolicyException {
    Map<String, Object> facts;
    try {
      facts = Files.readAttributes(file, "unix:mode,nlink", LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    }
    if (((int) facts.get("mode") & FORMAT) != REGULAR || !file.toRealPath().equals(file)) {
      throw refused(file, "is no plain file, or a symbolic link leads to it; expected a file");
    }
    if ((int) facts.get("nlink") > 1) {
      throw refused(
          file, "has another name (a hard link), by which it could be changed; expected only one");
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw refused(file, "is larger than 1 MiB; expected a policy");
      }
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    }
  }

  private static UnreadablePolicyException refused(Path file, String why) {
    return new UnreadablePolicyException(file.toString(), why, null);
  }
}
