package dev.aegis.launcher.check;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;

/** Names of what build tools can make again. */
final class Regenerables {

  /** Enough by themselves. */
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
          ".vite",
          ".svelte-kit",
          ".angular",
          ".parcel-cache",
          ".nyc_output",
          ".eggs",
          ".hypothesis",
          ".ipynb_checkpoints",
          ".coverage",
          ".eslintcache",
          ".stylelintcache",
          ".terraform",
          ".serverless",
          ".output",
          ".docusaurus",
          ".dart_tool",
          "CMakeFiles",
          "DerivedData",
          "bazel-out",
          "storybook-static",
          "playwright-report",
          "test-results");

  /** Ordinary words too: they count where git knows the tree, or nobody does. */
  private static final Set<String> IN_GIT_ONLY =
      Set.of(
          "target",
          "build",
          "dist",
          "out",
          "obj",
          "_build",
          "venv",
          "coverage",
          "htmlcov",
          "site",
          "public/build",
          ".cache",
          "tmp",
          "temp",
          "cmake-build-debug",
          "cmake-build-release");

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
          "tsbuildinfo",
          "egg-info",
          "tmp",
          "swp",
          "orig",
          "rej",
          "log");

  private Regenerables() {}

  /**
   * Tell whether a path lies in what can be made again.
   *
   * @param ordinaryWords whether names such as {@code build} count
   */
  static boolean hold(Path root, String path, boolean ordinaryWords) {
    try {
      Path file = Path.of(path);
      if (!file.startsWith(root) || file.equals(root)) {
        return false;
      }
      for (Path name : root.relativize(file)) {
        String text = name.toString();
        if (text.equals(".git")) {
          return false;
        }
        if (UNMISTAKABLE.contains(text) || (ordinaryWords && IN_GIT_ONLY.contains(text))) {
          return true;
        }
      }
      String name = file.getFileName().toString();
      return COMPILED.contains(name.substring(name.lastIndexOf('.') + 1));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
