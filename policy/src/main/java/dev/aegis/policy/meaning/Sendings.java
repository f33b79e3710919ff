package dev.aegis.policy.meaning;

import dev.aegis.policy.command.Argument;
import dev.aegis.policy.command.PlanStep;
import dev.aegis.policy.command.ProgramName;
import dev.aegis.policy.command.Redirection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Tells when a step sends what it should not, though it is no secret by its name. */
final class Sendings {
  private static final Meaning ARCHIVE =
      Meaning.of("net.upload", 60, "sends an archive to another machine");
  private static final Meaning RAW =
      Meaning.of("net.upload", 55, "sends a file to another machine as it is");
  private static final Meaning FACTS =
      Meaning.of("net.upload", 60, "tells another machine about this one");

  private static final Set<String> RAW_SENDERS =
      Set.of(
          "nc",
          "ncat",
          "netcat",
          "telnet",
          "socat",
          "mail",
          "mailx",
          "mutt",
          "sendmail",
          "ftp",
          "sftp",
          "lftp",
          "tftp");
  private static final Set<String> ASKERS =
      Set.of("dig", "nslookup", "host", "drill", "kdig", "dog", "ping", "ping6");
  private static final Set<String> FACT_TELLERS =
      Set.of("whoami", "hostname", "id", "env", "printenv", "ifconfig", "ps", "history", "last");
  private static final Set<String> FILE_TELLERS =
      Set.of("cat", "head", "tail", "base64", "xxd", "od", "base32", "hexdump", "gzip", "tar");
  private static final Set<String> HARMLESS_SOURCES =
      Set.of("echo", "printf", "yes", "true", "sleep", ":", "seq", "date");

  private final Flows flows;

  Sendings(Flows flows) {
    this.flows = flows;
  }

  private static boolean isHere(PlanStep step) {
    List<String> words =
        Stream.concat(
                step.argv().stream().map(Argument::text),
                step.redirections().stream().map(redirection -> redirection.target().text()))
            .toList();
    return words.stream().anyMatch(LocalAddress::isHere)
        && words.stream().noneMatch(LocalAddress::isElsewhere);
  }

  /** What a step that sends data elsewhere sends beyond secrets. */
  Meaning of(PlanStep step, String name) {
    if (isHere(step)) {
      return Meaning.NONE;
    }
    Set<Integer> sources = flows.sources(step);
    Meaning meaning = Meaning.NONE;
    if (sources.stream().map(flows::step).anyMatch(Sendings::packs)) {
      meaning = meaning.and(ARCHIVE);
    }
    if (RAW_SENDERS.contains(name) && isFedFile(step, sources)) {
      meaning = meaning.and(RAW);
    }
    boolean tells =
        step.composedBy().stream()
            .map(flows::step)
            .map(Sendings::name)
            .anyMatch(
                n ->
                    FACT_TELLERS.contains(n)
                        || (ASKERS.contains(name) && FILE_TELLERS.contains(n)));
    return tells ? meaning.and(FACTS) : meaning;
  }

  private boolean isFedFile(PlanStep step, Set<Integer> sources) {
    boolean file =
        step.redirections().stream()
            .anyMatch(r -> !r.write() && !r.target().text().startsWith("/dev/"));
    boolean put = step.input().map(t -> t.matches("(?s)(.*\n)?\\s*m?put .*")).orElse(false);
    return file
        || put
        || sources.stream()
            .map(flows::step)
            .filter(s -> s.redirections().stream().noneMatch(Redirection::printed))
            .map(Sendings::name)
            .anyMatch(n -> !HARMLESS_SOURCES.contains(n));
  }

  private static String name(PlanStep step) {
    return ProgramName.of(step.argv().get(0).text());
  }

  private static boolean packs(PlanStep step) {
    return switch (name(step)) {
      case "tar", "zip", "cpio", "7z", "pg_dump", "pg_dumpall", "mysqldump", "mongodump" -> true;
      case "git" ->
          step.argv().stream()
              .map(Argument::text)
              .anyMatch(w -> w.equals("archive") || w.equals("bundle"));
      default -> false;
    };
  }
}
