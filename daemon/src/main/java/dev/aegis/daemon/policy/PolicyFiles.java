package dev.aegis.daemon.policy;

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
   * @throws UnreadableFile naming the one that cannot be read
   */
  List<PolicySource> read() throws UnreadableFile {
    List<PolicySource> sources = new ArrayList<>();
    read(Layer.USER, user, sources);
    for (Path file : learnedFiles()) {
      read(Layer.LEARNED, file, sources);
    }
    return sources;
  }

  private List<Path> learnedFiles() throws UnreadableFile {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(learned, "*.toml")) {
      entries.forEach(files::add);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw new UnreadableFile(learned, e);
    }
    files.sort(null);
    return files;
  }

  private static void read(Layer layer, Path file, List<PolicySource> sources)
      throws UnreadableFile {
    try {
      sources.add(new PolicySource(layer, file.toString(), Files.readString(file)));
    } catch (NoSuchFileException e) {
      /* Absent is a state of its own, and legal. */
      return;
    } catch (IOException e) {
      throw new UnreadableFile(file, e);
    }
  }

  /** A file that is there and cannot be read. */
  static final class UnreadableFile extends Exception {

    private static final long serialVersionUID = 1L;

    private final String file;

    UnreadableFile(Path file, IOException cause) {
      super("cannot be read as UTF-8 text: " + cause, cause);
      this.file = file.toString();
    }

    String file() {
      return file;
    }
  }
}
