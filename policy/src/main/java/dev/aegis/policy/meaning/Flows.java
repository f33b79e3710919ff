package dev.aegis.policy.meaning;

import dev.aegis.policy.command.Argument;
import dev.aegis.policy.command.CommandPlan;
import dev.aegis.policy.command.PlanStep;
import dev.aegis.policy.command.ProgramName;
import dev.aegis.policy.command.Redirection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What flows from step to step of one plan: through pipes, through words that another step
 * composed, and through files that one step writes and a later one reads or runs.
 */
final class Flows {
  /** Programs that run text. */
  static final Set<String> RUNS_TEXT =
      Set.of(
          "sh",
          "bash",
          "dash",
          "zsh",
          "ksh",
          "ash",
          "fish",
          "eval",
          "source",
          ".",
          "python",
          "perl",
          "ruby",
          "node",
          "php",
          "lua",
          "deno",
          "bun",
          "tclsh",
          "pwsh",
          "osascript",
          "iex",
          "Invoke-Expression");

  /* Between capitals and small letters nothing is hidden. */
  private static final Set<String> CASES = Set.of("A-Z", "[A-Z]", "\\n\\t", "\\r\\n");

  private static final Set<String> NOT_A_SCRIPT = Set.of("chmod", "ls", "cat", "file", "test", "[");

  private final CommandPlan plan;
  private final Catalogue catalogue;
  private final Map<String, List<Integer>> writers = new HashMap<>();
  private final Map<String, List<Integer>> trees = new HashMap<>();

  Flows(CommandPlan plan, Catalogue catalogue) {
    this.plan = plan;
    this.catalogue = catalogue;
    for (int i = 0; i < plan.steps().size(); i++) {
      for (String name : written(plan.steps().get(i))) {
        writers.computeIfAbsent(name, n -> new ArrayList<>()).add(i);
      }
      int index = i;
      tree(plan.steps().get(i))
          .ifPresent(
              directory ->
                  trees
                      .computeIfAbsent(
                          Paths.normal(key(directory, plan.steps().get(index))),
                          n -> new ArrayList<>())
                      .add(index));
    }
  }

  PlanStep step(int index) {
    return plan.steps().get(index);
  }

  /** Tell whether a word comes from a step that lists files. */
  boolean isListed(Argument word, PlanStep step) {
    List<Integer> from = new ArrayList<>(word.from());
    if (from.isEmpty()) {
      from.addAll(step.fedBy());
    }
    return from.stream().map(this::step).anyMatch(Flows::listsFiles);
  }

  private static boolean listsFiles(PlanStep step) {
    List<String> words = step.words();
    return switch (ProgramName.of(words.get(0))) {
      case "find", "fd", "fdfind", "ls", "locate", "plocate", "tree" -> true;
      case "git" ->
          words.contains("ls-files") || words.contains("ls-tree") || words.contains("--name-only");
      case "grep", "rg", "ag" ->
          words.stream().anyMatch(w -> w.matches("--files.*|-[a-zA-Z]*[lL][a-zA-Z]*"));
      default -> false;
    };
  }

  /** Return the steps that read what a step prints. */
  List<PlanStep> readers(PlanStep step) {
    int index = plan.steps().indexOf(step);
    return plan.steps().stream()
        .filter(s -> s.fedBy().contains(index) || s.composedBy().contains(index))
        .toList();
  }

  /** Return all steps whose output reaches a step, directly or not. */
  Set<Integer> sources(PlanStep step) {
    Set<Integer> seen = new LinkedHashSet<>(edges(step));
    List<Integer> open = new ArrayList<>(seen);
    while (!open.isEmpty()) {
      PlanStep next = plan.steps().get(open.remove(open.size() - 1));
      edges(next).stream().filter(seen::add).forEach(open::add);
    }
    return seen;
  }

  private List<Integer> edges(PlanStep step) {
    List<Integer> all = new ArrayList<>(step.fedBy());
    all.addAll(step.composedBy());
    if (!writers.isEmpty()) {
      for (Argument word : step.argv()) {
        all.addAll(writersOf(word.text(), step));
      }
      for (Redirection redirection : step.redirections()) {
        if (!redirection.write()) {
          all.addAll(writersOf(redirection.target().text(), step));
        }
      }
    }
    return all;
  }

  private List<Integer> writersOf(String word, PlanStep step) {
    String name = word.startsWith("@") ? word.substring(1) : word;
    return writers.getOrDefault(key(name, step), List.of()).stream()
        .filter(i -> !plan.steps().get(i).equals(step))
        .toList();
  }

  private static String key(String name, PlanStep step) {
    String plain = name.startsWith("./") ? name.substring(2) : name;
    return plain.startsWith("/") ? plain : step.cwd().orElse("") + "/" + plain;
  }

  /** Names of files that a step writes, as far as its words say. */
  private List<String> written(PlanStep step) {
    List<String> all = new ArrayList<>();
    step.redirections().stream()
        .filter(Redirection::write)
        .forEach(r -> all.add(key(r.target().text(), step)));
    String program = ProgramName.of(step.argv().get(0).text());
    for (ProgramEntry entry : catalogue.find(program)) {
      if (entry.writeValues().isEmpty() && !entry.fetches()) {
        continue;
      }
      Invocation invocation = Invocation.of(entry, step.argv());
      for (String value : invocation.values()) {
        int equals = value.indexOf('=');
        if (entry.writeValues().contains(value.substring(0, equals))) {
          all.add(key(value.substring(equals + 1), step));
        }
      }
      if (entry.fetches()) {
        invocation.operands().stream()
            .map(Argument::text)
            .filter(t -> t.indexOf('/') > 0)
            .forEach(url -> all.add(key(lastName(url), step)));
      }
    }
    if (program.equals("tee") || program.equals("cp") || program.equals("mv")) {
      List<Argument> argv = step.argv();
      all.add(key(argv.get(argv.size() - 1).text(), step));
    }
    return all;
  }

  private static String lastName(String url) {
    int query = url.indexOf('?');
    String path = query < 0 ? url : url.substring(0, query);
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Tell whether a step runs what another one fetched. */
  boolean runsFetched(PlanStep step, String name) {
    return runs(step, name, this::fetches);
  }

  /** Tell whether a step runs what another one made readable first. */
  boolean runsDecoded(PlanStep step, String name) {
    return runs(step, name, this::decodes);
  }

  private interface Wanted {
    boolean test(PlanStep step);
  }

  private boolean runs(PlanStep step, String name, Wanted wanted) {
    boolean runsText = RUNS_TEXT.contains(name);
    if (runsText && step.runsInput() && reached(step.fedBy(), wanted)) {
      return true;
    }
    if (runsText
        && reached(step.composedBy(), wanted)
        && (step.argv().size() < 2 || isCode(step, name))) {
      return true;
    }
    if ((writers.isEmpty() && trees.isEmpty()) || NOT_A_SCRIPT.contains(name)) {
      return false;
    }
    boolean takesFile = runsText || name.equals("java") || name.equals("dotnet");
    Optional<String> script =
        takesFile ? firstOperand(step) : Optional.of(step.argv().get(0).text());
    return script.map(file -> reached(programWriters(file, step), wanted)).orElse(false);
  }

  /** The steps that wrote a program, or a directory that it lies in. */
  private List<Integer> programWriters(String file, PlanStep step) {
    List<Integer> all = new ArrayList<>(writersOf(file, step));
    if (file.indexOf('/') >= 0 && file.indexOf(' ') < 0) {
      String path = Paths.normal(key(file, step));
      while (path.indexOf('/') >= 0 && path.length() > 1) {
        path = Paths.parent(path);
        trees.getOrDefault(path, List.of()).stream()
            .filter(i -> !plan.steps().get(i).equals(step))
            .forEach(all::add);
      }
    }
    return all;
  }

  /** Directories that a step fills with what it does not name. */
  private Optional<String> tree(PlanStep step) {
    String program = ProgramName.of(step.argv().get(0).text());
    List<String> words = step.words();
    if (program.equals("git") && words.contains("clone") && words.size() > 2) {
      List<String> operands =
          words.subList(words.indexOf("clone") + 1, words.size()).stream()
              .filter(w -> !w.startsWith("-"))
              .toList();
      boolean named = operands.size() > 1 && !operands.get(operands.size() - 1).contains(":");
      return operands.isEmpty()
          ? Optional.empty()
          : Optional.of(
              named
                  ? operands.get(operands.size() - 1)
                  : lastName(operands.get(operands.size() - 1)).replaceFirst("\\.git$", ""));
    }
    boolean unpacks = program.equals("tar") || program.equals("unzip") || program.equals("bsdtar");
    if (!unpacks) {
      return Optional.empty();
    }
    int into = Math.max(words.indexOf("-C"), words.indexOf("-d"));
    return Optional.of(into > 0 && into + 1 < words.size() ? words.get(into + 1) : ".");
  }

  private static Optional<String> firstOperand(PlanStep step) {
    return step.argv().stream()
        .skip(1)
        .map(Argument::text)
        .filter(t -> !t.startsWith("-"))
        .findFirst();
  }

  private boolean reached(List<Integer> from, Wanted wanted) {
    Set<Integer> all = new LinkedHashSet<>(from);
    from.forEach(i -> all.addAll(sources(plan.steps().get(i))));
    return all.stream().map(plan.steps()::get).anyMatch(wanted::test);
  }

  private static boolean isCode(PlanStep step, String name) {
    boolean shell = name.endsWith("sh") || Set.of("eval", "source", ".").contains(name);
    return shell || step.argv().get(1).text().startsWith("-");
  }

  private boolean fetches(PlanStep step) {
    String name = ProgramName.of(step.argv().get(0).text());
    boolean socket =
        step.redirections().stream().anyMatch(r -> r.target().text().startsWith("/dev/tcp/"));
    boolean clones = name.equals("git") && step.words().contains("clone");
    return socket
        || clones
        || catalogue.find(name).stream()
            .anyMatch(entry -> entry.fetches() && isRemote(entry, step));
  }

  /** What comes from this machine's own servers is not fetched from elsewhere. */
  private static boolean isRemote(ProgramEntry entry, PlanStep step) {
    List<String> urls =
        Invocation.of(entry, step.argv()).operands().stream()
            .map(Argument::text)
            .filter(t -> t.contains("://") || t.indexOf('.') > 0 || t.contains("localhost"))
            .toList();
    return urls.isEmpty() || !urls.stream().allMatch(LocalAddress::isHere);
  }

  private boolean decodes(PlanStep step) {
    String name = ProgramName.of(step.argv().get(0).text());
    List<String> words = step.words();
    return switch (name) {
      case "base64", "gbase64", "base32", "basenc", "uudecode", "b64decode" ->
          words.stream()
              .anyMatch(w -> w.equals("--decode") || w.matches("-[a-zA-Z]*[dD][a-zA-Z]*"));
      case "xxd" -> words.stream().anyMatch(w -> w.matches("-[a-z]*r[a-z]*"));
      case "openssl" -> words.contains("-d");
      case "rev", "tac" -> true;
      case "tr" ->
          words.size() == 3
              && words.get(1).length() > 2
              && words.get(2).length() > 2
              && !CASES.contains(words.get(1))
              && !words.get(1).startsWith("[:");
      case "gpg" -> words.contains("-d") || words.contains("--decrypt");
      default -> false;
    };
  }
}
