package dev.aegis.config;

import dev.aegis.policy.rules.Layer;
import dev.aegis.policy.rules.PolicySource;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the rules of one home stand.
 *
 * @param user the user's rules
 * @param learned directory of rules learned from approvals, read in the order of their names
 */
public record PolicyFiles(Path user, Path learned) {

  /**
   * Read what is there; a missing file is no error.
   *
   * @throws UnreadablePolicyException naming the one that cannot be read
   */
  public List<PolicySource> read() throws UnreadablePolicyException {
    List<PolicySource> sources = new ArrayList<>();
    read(Layer.USER, user, sources);
    for (Path file : learnedFiles()) {
      read(Layer.LEARNED, file, sources);
    }
    return sources;
  }

  private List<Path> learnedFiles() throws UnreadablePolicyException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(learned, "*.toml")) {
      entries.forEach(files::add);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw unreadable(learned, e);
    }
    files.sort(null);
    return files;
  }

  private static void read(Layer layer, Path file, List<PolicySource> sources)
      throws UnreadablePolicyException {
    try {
      sources.add(new PolicySource(layer, file.toString(), Files.readString(file)));
    } catch (NoSuchFileException e) {
      /* Absent is a state of its own, and legal. */
      return;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static UnreadablePolicyException unreadable(Path file, IOException cause) {
    return new UnreadablePolicyException(
        file.toString(), "cannot be read: " + FileTrouble.of(cause), cause);
  }
}
