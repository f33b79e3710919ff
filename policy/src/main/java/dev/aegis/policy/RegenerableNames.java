package dev.aegis.policy;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Set;

/** Names of what build tools can make again. */
public final class RegenerableNames {

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
          ".DS_Store",
          "Thumbs.db",
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

  private static final Set<String> LEFTOVERS =
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
          "bak",
          "bck",
          "swp",
          "swo",
          "orig",
          "rej",
          "log");

  /* What compilers, bundlers and generators call the directory that they fill. */
  private static final Pattern OUTPUT =
      Pattern.compile(
          "(?i)(es|es[0-9]{1,4}|esm|cjs|umd|amd|mjs|types?|typings|compiled|bundle|bundles|release|debug|reports?|Pods|bower_components|elm-stuff|deps|\\.bundle|generated|gen|\\.browser|\\.temp|\\.tmp|\\.cache.*)"
              + "|.*\\.(tgz|whl|vsix|nupkg|map|profraw|lcov|pid)|([^/]*[._-])?(dist|build|built|output|out|generated|compiled|coverage|cache|tmp|temp)([._-][^/]*)?|_?ts[0-9.]+");

  /* What people write themselves, whatever lies in it. */
  private static final Set<String> SOURCES =
      Set.of("src", "source", "sources", "app", "apps", "test", "tests", "docs", "packages");

  private RegenerableNames() {}

  /** Tell whether something that is not there now is called like what a build would put there. */
  public static boolean lookGenerated(String root, String path) {
    if (!path.startsWith(root + "/")) {
      return false;
    }
    List<String> names = List.of(path.substring(root.length() + 1).split("/", -1));
    return !names.contains(".git")
        && (isOutput(names.get(0))
            || (isOutput(names.get(names.size() - 1))
                && names.stream().limit(names.size() - 1L).noneMatch(SOURCES::contains)));
  }

  private static boolean isOutput(String name) {
    return OUTPUT.matcher(name).matches();
  }

  /**
   * Tell whether a path lies in what can be made again.
   *
   * @param root directory of the workspace, absolute
   * @param path absolute
   * @param ordinaryWords whether names such as {@code build} count
   */
  public static boolean hold(String root, String path, boolean ordinaryWords) {
    if (!path.startsWith(root + "/")) {
      return false;
    }
    for (String name : path.substring(root.length() + 1).split("/", -1)) {
      if (name.equals(".git")) {
        return false;
      }
      if (ordinaryWords ? isInGit(name) : isUnmistakable(name)) {
        return true;
      }
    }
    return isLeftover(path.substring(path.lastIndexOf('/') + 1));
  }

  /** Tell whether a name is enough by itself. */
  public static boolean isUnmistakable(String name) {
    return UNMISTAKABLE.contains(name);
  }

  /** Tell whether a name counts where git knows the tree: ordinary words do too. */
  public static boolean isInGit(String name) {
    return isUnmistakable(name) || IN_GIT_ONLY.contains(name);
  }

  /** Tell whether a single file is what compilers, editors and merges leave behind. */
  public static boolean isLeftover(String name) {
    return name.endsWith("~") || LEFTOVERS.contains(name.substring(name.lastIndexOf('.') + 1));
  }
}
