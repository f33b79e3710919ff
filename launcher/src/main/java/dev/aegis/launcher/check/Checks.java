package dev.aegis.launcher.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aegis.policy.Decision;
import dev.aegis.policy.PolicyEngine;
import dev.aegis.policy.command.CommandLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers questions to one policy, singly or by the thousand. */
public final class Checks {
  private static final ObjectMapper LINE = new ObjectMapper();
  private static final int CHUNK = 1024;

  private final Judge judge;

  /** Checks of a policy for a caller. */
  public Checks(PolicyEngine engine, Whereabouts whereabouts) {
    this.judge = new Judge(engine, whereabouts);
  }

  /** Judge a shell command line. */
  public Decision command(String line) throws BadQuestionException {
    return judge.judge(
        new CheckRequest(
            Optional.empty(), new CheckRequest.Command(line), Optional.empty(), Optional.empty()));
  }

  /** Judge an argument vector, the program first. */
  public Decision vector(List<String> argv) throws BadQuestionException {
    return judge.judge(
        new CheckRequest(
            Optional.empty(), new CheckRequest.Vector(argv), Optional.empty(), Optional.empty()));
  }

  /**
   * Judge an operation as the audit log describes it. Every operation stands there by itself, so
   * that nothing is foreseen.
   *
   * @param tool as rules name it
   * @param command the shell-quoted command line of an {@code execute}
   * @param path of an operation on a file
   * @return empty when the log does not say enough of it
   */
  public Optional<Decision> recorded(String tool, String command, String path, String cwd) {
    try {
      CheckRequest.Subject subject =
          tool.equals("execute")
              ? new CheckRequest.Vector(CommandLine.words(command).orElse(List.of()))
              : new CheckRequest.File(tool, path);
      if (subject instanceof CheckRequest.Vector vector && vector.argv().isEmpty()) {
        return Optional.empty();
      }
      Optional<String> directory = Optional.of(cwd).filter(text -> text.startsWith("/"));
      return Optional.of(
          judge.judgeAlone(
              new CheckRequest(Optional.empty(), subject, directory, Optional.empty())));
    } catch (BadQuestionException e) {
      return Optional.empty();
    }
  }

  /**
   * Judge JSON Lines and print one line of JSON for each, in order; blank lines are passed over.
   *
   * @return true when every line was understood
   */
  public boolean batch(BufferedReader in, PrintStream out) throws IOException {
    boolean understood = true;
    List<String> chunk = new ArrayList<>(CHUNK);
    String line = in.readLine();
    while (line != null) {
      if (!line.isBlank()) {
        chunk.add(line);
      }
      line = in.readLine();
      if (chunk.size() == CHUNK || line == null) {
        List<Answer> answers = chunk.parallelStream().map(this::answer).toList();
        StringBuilder text = new StringBuilder();
        for (Answer answer : answers) {
          understood &= answer.understood();
          text.append(answer.json()).append('\n');
        }
        out.print(text);
        chunk.clear();
      }
    }
    out.flush();
    return understood;
  }

  private record Answer(boolean understood, String json) {}

  private Answer answer(String line) {
    try {
      CheckRequest request = QuestionReader.read(line);
      return new Answer(true, json(request.id(), Outcome.brief(judge.judge(request))));
    } catch (BadQuestionException e) {
      return new Answer(false, json(QuestionReader.idOf(line), Outcome.refused(e.getMessage())));
    }
  }

  private static String json(Optional<Object> id, Map<String, Object> value) {
    Map<String, Object> whole = new LinkedHashMap<>();
    id.ifPresent(i -> whole.put("id", i));
    whole.putAll(value);
    try {
      return LINE.writeValueAsString(whole);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps of plain values have JSON", e);
    }
  }
}
