package dev.aegis.daemon.workspace;

import java.nio.file.Path;
import java.util.Set;

/** Names that build tools give to what they can make again. */
final class Regenerables {

  /** Enough by themselves, when git tracks nothing below. */
  private static final Set<String> UNMISTAKABLE =
      Set.of(
          "node_modules",
          "__pycache__",
          ".venv",
          ".pytest_cache",
          ".mypy_cache",
          ".ruff_cache",
          ".tox",
          ".nox",
          ".gradle",
          ".next",
          ".nuxt",
          ".turbo",
          ".parcel-cache",
          ".nyc_output",
          ".eggs",
          "CMakeFiles");

  /** Ordinary words too: they count where git ignores or does not track them. */
  private static final Set<String> IN_GIT_ONLY =
      Set.of(
          "target",
          "build",
          "dist",
          "out",
          "obj",
          "venv",
          "coverage",
          "htmlcov",
          ".cache",
          "cmake-build-debug",
          "cmake-build-release");

  /** Endings of single files that compilers leave, where git ignores them. */
  private static final Set<String> COMPILED =
      Set.of(
          "o",
          "obj",
          "lo",
          "la",
          "a",
          "d",
          "pyc",
          "pyo",
          "class",
          "gcda",
          "gcno",
          "gch",
          "tsbuildinfo");

  private Regenerables() {}

  static boolean isUnmistakable(Path name) {
    return UNMISTAKABLE.contains(name.toString());
  }

  static boolean isInGit(Path name) {
    return isUnmistakable(name) || IN_GIT_ONLY.contains(name.toString());
  }

  static boolean isCompiled(Path file) {
    String name = file.getFileName().toString();
    return COMPILED.contains(name.substring(name.lastIndexOf('.') + 1));
  }
}
