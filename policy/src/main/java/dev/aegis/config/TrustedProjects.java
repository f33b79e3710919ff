package dev.aegis.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The project policies that the user has read and trusts, content and all: one that changes is
 * trusted no longer. A line for each, its SHA-256 and its path as {@code sha256sum} prints them.
 *
 * @param file in AEGIS_HOME; need not exist
 */
public record TrustedProjects(Path file) {

  private static final int HASH = 64;
  private static final String GAP = "  ";

  /** Tell whether the user trusts this very text at this path. */
  public boolean trusts(Path policy, String text) throws IOException {
    return lines().contains(line(policy, text));
  }

  /**
   * Trust a project's policy as it stands now.
   *
   * @return false when there is none
   */
  public boolean trust(Path policy) throws IOException, UnreadablePolicyException {
    Optional<String> text = ProjectPolicies.text(policy);
    if (text.isEmpty()) {
      return false;
    }
    List<String> lines = without(policy);
    lines.add(line(policy, text.get()));
    write(lines);
    return true;
  }

  /**
   * Trust a project's policy no longer.
   *
   * @return false when it was not trusted
   */
  public boolean distrust(Path policy) throws IOException {
    List<String> left = without(policy);
    if (left.size() == lines().size()) {
      return false;
    }
    write(left);
    return true;
  }

  private void write(List<String> lines) throws IOException {
    OwnerOnly.write(file, lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
  }

  private List<String> without(Path policy) throws IOException {
    List<String> lines = new ArrayList<>(lines());
    lines.removeIf(line -> line.length() > HASH && line.substring(HASH).equals(GAP + policy));
    return lines;
  }

  private List<String> lines() throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static String line(Path policy, String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] hash = sha.digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash) + GAP + policy;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
