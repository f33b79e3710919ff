package dev.aegis.policy.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One command about to be written down, with everything a shell gives to it. */
final class Call {
  final Scope scope;
  final List<Redirection> redirections = new ArrayList<>();
  List<Argument> argv;
  List<PlanStep.Assignment> assignments = List.of();
  List<Integer> composed = new ArrayList<>();
  Feed feed = Feed.NOTHING;
  Optional<String> written = Optional.empty();
  Set<PlanStep.Trait> traits = Set.of();

  Call(List<Argument> argv, Scope scope) {
    this.argv = argv;
    this.scope = scope;
  }
}
