package dev.aegis.policy.rules;

import dev.aegis.policy.meaning.Subjects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns policy files into an engine, or into the list of everything that is wrong with them. */
public final class PolicyLoader {
  /** Names of the shipped profiles. */
  public static final List<String> PROFILES = List.of("standard", "strict", "observe");

  /* What a session keeps for counting stays within a few megabytes. */
  private static final int MOST_RATES = 100;
  private static final String STANDARD = "standard";
  private static final String NO_PROFILE = "none";

  private PolicyLoader() {}

  /**
   * Load.
   *
   * <p>The shipped profile that the user's policy {@code extends} is added below the given sources:
   * {@code standard} unless it says otherwise, none for {@code extends = "none"} or when the
   * sources bring a profile of their own.
   */
  public static LoadedPolicy load(List<PolicySource> sources) {
    List<PolicyProblem> problems = new ArrayList<>();
    List<PolicyDocument> documents = new ArrayList<>();
    for (PolicySource source : sources) {
      documents.add(read(source, problems));
    }
    String profile =
        documents.stream()
            .filter(d -> d.layer() == Layer.USER)
            .flatMap(d -> d.profile().stream())
            .findFirst()
            .orElse(STANDARD);
    boolean brought = documents.stream().anyMatch(d -> d.layer() == Layer.PROFILE);
    if (!brought && !profile.equals(NO_PROFILE)) {
      documents.add(read(profile(profile), problems));
    }
    refuseTooManyRates(documents.stream().filter(d -> d.layer().isOfProject()), problems);
    refuseTooManyRates(documents.stream().filter(d -> !d.layer().isOfProject()), problems);
    LayeredRules rules = new LayeredRules(documents);
    RuleEngine engine = new RuleEngine(Subjects.shipped(), rules);
    if (problems.isEmpty()) {
      documents.forEach(document -> tryOut(document, documents, problems));
    }
    return new LoadedPolicy(
        problems.isEmpty() ? Optional.of(engine) : Optional.empty(),
        problems,
        profile,
        rules.count(),
        rules.defaultVerdict(),
        rules.summaries(),
        documents.stream().mapToInt(d -> d.tests().size()).sum(),
        problems.isEmpty() ? Lint.of(documents) : List.of());
  }

  private static void refuseTooManyRates(
      Stream<PolicyDocument> documents, List<PolicyProblem> problems) {
    documents
        .flatMap(d -> d.rules().stream())
        .filter(r -> r.match().written().containsKey("rate"))
        .skip(MOST_RATES)
        .findFirst()
        .ifPresent(
            r ->
                problems.add(
                    new PolicyProblem(
                        r.origin().file(),
                        r.origin().line(),
                        r.origin().column(),
                        "more than "
                            + MOST_RATES
                            + " rules have a \"rate\"; expected fewer, since each of them is counted"
                            + " in every session")));
  }

  /**
   * Return a shipped profile.
   *
   * @param name {@code standard}, {@code strict} or {@code observe}
   */
  public static PolicySource profile(String name) {
    String resource = name + ".toml";
    try (InputStream in = PolicyLoader.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("no such profile: " + name);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new PolicySource(Layer.PROFILE, "profile " + name, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A profile's tests say what it means by itself, a project's what it makes of the default, and
   * the user's what holds wherever no project tightens it: nobody's tests fail by what others
   * wrote.
   */
  private static void tryOut(
      PolicyDocument document, List<PolicyDocument> all, List<PolicyProblem> problems) {
    if (document.tests().isEmpty()) {
      return;
    }
    List<PolicyDocument> speaking =
        switch (document.layer()) {
          case PROFILE -> List.of(document);
          case PROJECT, TRUSTED_PROJECT -> List.of(document, read(profile(STANDARD), problems));
          case USER, LEARNED -> all.stream().filter(d -> !d.layer().isOfProject()).toList();
        };
    RuleEngine engine = new RuleEngine(Subjects.shipped(), new LayeredRules(speaking));
    document.tests().forEach(test -> RuleTrial.run(test, engine).ifPresent(problems::add));
  }

  private static PolicyDocument read(PolicySource source, List<PolicyProblem> problems) {
    DocumentReader reader = new DocumentReader(source);
    PolicyDocument document = reader.read();
    problems.addAll(reader.problems());
    return document;
  }
}
