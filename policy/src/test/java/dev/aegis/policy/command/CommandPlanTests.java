package dev.aegis.policy.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command line is understood to do. */
class CommandPlanTests {

  @Nested
  class Quotes {
    @ParameterizedTest
    @CsvSource(
        delimiter = '§',
        quoteCharacter = '~',
        value = {
          "g\"\"it push § git push",
          "'git' \"push\" § git push",
          "gi\\t push § git push",
          "$'g\\x69t' push § git push",
          "$'\\147it' push § git push",
          "g$(echo it) push § git push",
          "g`echo it` push § git push",
          "X=git; $X push § git push",
          "X='git push'; $X -f § git push -f",
          "X=pu; git ${X}sh § git push",
          "git \\⏎ push § git push",
          "echo 'a b' § echo 'a b'",
          "echo \"a\\\"b\" § echo 'a\"b'",
          "rm -rf ~/x § rm -rf /home/ada/x",
          "rm -rf \"$HOME\"/x § rm -rf /home/ada/x",
          "echo a#b § echo 'a#b'",
        })
    void are_removed_as_a_shell_would(String script, String step) {
      assertThat(texts(script.replace('⏎', '\n'))).contains(step);
    }

    @Test
    void what_cannot_be_known_is_marked() {
      CommandPlan plan = CommandPlanner.script("rm -rf \"$DIR\"/* $(ls)", "/w", Map.of());
      PlanStep rm = plan.steps().get(plan.steps().size() - 1);
      assertThat(rm.argv()).extracting(Argument::known).containsExactly(true, true, false, false);
    }
  }

  @Nested
  class Structure {
    @ParameterizedTest
    @CsvSource(
        delimiter = '§',
        quoteCharacter = '~',
        value = {
          "a; b && c || d & e § a|b|c|d|e",
          "a | b |& c § a|b|c",
          "(a; b) § a|b",
          "{ a; b; } > f § : > f|a|b",
          "if a; then b; elif c; then d; else e; fi § a|b|c|d|e",
          "while a; do b; done § a|b",
          "until a⏎do⏎b⏎done § a|b",
          "for x in 1 2; do a $x; done § a 1|a 2",
          "for ((i=0;i<3;i++)); do a; done § a",
          "case $x in a|b) c;; *) d;; esac § : $x|: a|: b|c|: *|d",
          "f() { a $1; }; f x § a x",
          "function f { a; }; f § a",
          "! a § a",
          "time -p a § a",
          "a $(b) § b|a $(…)",
          "a `b c` § b c|a $(…)",
          "a <(b) >(c) § b|c|a <(…) >(…)",
          "a ${x:-$(b)} § b|a ${x:-$(b)}",
          "a $((1 + $(b))) § b|a $((1 + $(b)))",
          "a > f 2>&1 < g § a > f < g",
          "cat <<E⏎$(a)⏎E⏎b § a|cat|b",
          "cat <<'E'⏎$(a)⏎E⏎b § cat|b",
          "cat <<-E⏎⇥x⏎⇥E⏎b § cat|b",
          "[[ -f x && $y == z ]] && a § '[[' -f x $y '==' z|a",
          "x=1 y=2 a § a",
          "PATH=/x; a § PATH=/x|a",
          "# nothing⏎a # b § a",
          "trap 'rm x' EXIT § trap 'rm x' EXIT|rm x",
          "a=(1 2); b ${a[1]} § b 2",
          "((x++)); a § a",
          "coproc a § 'coproc'|a",
        })
    void is_followed(String script, String steps) {
      assertThat(String.join("|", texts(script.replace('⏎', '\n').replace('⇥', '\t'))))
          .isEqualTo(steps);
    }

    @Test
    void a_directory_is_followed_and_given_up_where_it_is_unknown() {
      CommandPlan plan =
          CommandPlanner.script("cd a && x; (cd /b; y); z; cd $D; w", "/w", Map.of());
      assertThat(plan.steps())
          .filteredOn(s -> List.of("x", "y", "z", "w").contains(s.words().get(0)))
          .extracting(s -> s.cwd().orElse("?"))
          .containsExactly("/w/a", "/b", "/w/a", "?");
    }

    @Test
    void a_pipe_says_who_feeds_whom() {
      CommandPlan plan = CommandPlanner.script("curl x | tee y | sh", "/w", Map.of());
      assertThat(plan.steps().get(2).fedBy()).containsExactly(1);
      assertThat(plan.steps().get(1).fedBy()).containsExactly(0);
    }

    @Test
    void a_substitution_says_what_it_makes() {
      CommandPlan plan = CommandPlanner.script("sh -c \"$(curl x)\"", "/w", Map.of());
      assertThat(plan.steps().get(1).composedBy()).containsExactly(0);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"a 'b", "a $(b", "if a; then b", "a )", "a `b", "((", "case x in", "a ${b"})
    void what_is_no_script_is_said_to_be_none(String script) {
      assertThat(CommandPlanner.script(script, "/w", Map.of()).problem()).isPresent();
    }
  }

  @Nested
  class Wrappers {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "sudo rm -rf x",
          "sudo -u root -- rm -rf x",
          "sudo A=b rm -rf x",
          "doas rm -rf x",
          "env -i A=b rm -rf x",
          "env -u A rm -rf x",
          "env -S 'rm -rf x'",
          "nice -n 5 rm -rf x",
          "nice -5 rm -rf x",
          "nohup rm -rf x",
          "timeout -k 3 5 rm -rf x",
          "timeout 5s rm -rf x",
          "setsid -w rm -rf x",
          "stdbuf -o L rm -rf x",
          "ionice -c 3 rm -rf x",
          "busybox rm -rf x",
          "sh -c 'rm -rf x'",
          "bash -lc 'rm -rf x'",
          "bash -l -c 'rm -rf x'",
          "bash --norc --noprofile -c 'rm -rf x'",
          "bash -o pipefail -c 'rm -rf x'",
          "zsh -c 'eval \"rm -rf x\"'",
          "bash -c \"bash -c 'rm -rf x'\"",
          "eval rm -rf x",
          "eval 'rm -rf' x",
          "command rm -rf x",
          "builtin command rm -rf x",
          "exec rm -rf x",
          "exec -a y rm -rf x",
          "find . -exec rm -rf x \\;",
          "find . -name y -execdir rm -rf x \\; -print",
          "su root -c 'rm -rf x'",
          "su -c 'rm -rf x' root",
          "su --command='rm -rf x'",
          "script -qc 'rm -rf x' /dev/null",
          "flock /tmp/l rm -rf x",
          "flock /tmp/l -c 'rm -rf x'",
          "watch rm -rf x",
          "strace -f -o y rm -rf x",
          "echo 'rm -rf x' | sh",
          "bash <<E\nrm -rf x\nE",
          "bash <<< 'rm -rf x'",
          "bash -c '\"$@\"' _ rm -rf x",
          "bash -c '$0 -rf x' rm",
          "f() { rm -rf \"$1\"; }; f x",
          "/lib64/ld-linux-x86-64.so.2 --library-path y rm -rf x",
        })
    void show_the_command_inside(String script) {
      assertThat(texts(script)).contains("rm -rf x");
    }

    @Test
    void xargs_adds_words_that_nobody_knows() {
      CommandPlan plan = CommandPlanner.script("ls | xargs -n 1 rm -rf", "/w", Map.of());
      assertThat(plan.steps()).extracting(PlanStep::text).contains("rm -rf …");
    }

    @Test
    void interpreters_show_the_program_they_run() {
      assertThat(texts("python3 -m pip install x")).contains("pip install x");
      assertThat(texts("node /usr/lib/node_modules/npm/bin/npm-cli.js install x"))
          .contains("/usr/lib/node_modules/npm/bin/npm-cli.js install x");
    }
  }

  @Nested
  class Agents {
    @Test
    void claude_code_evaluates_the_command() {
      assertThat(
              texts(
                  "source /home/ada/.claude/shell-snapshots/s.sh 2>/dev/null || true && shopt -u"
                      + " extglob 2>/dev/null || true && eval 'git push --force \\&\\& rm -rf x'"
                      + " < /dev/null && pwd -P >| /tmp/claude-1-cwd"))
          .contains("git push --force '&&' rm -rf x", "pwd -P > /tmp/claude-1-cwd");
    }

    @Test
    void claude_code_s_quoting_of_quotes_is_read() {
      assertThat(texts("eval 'echo '\"'\"'a b'\"'\"' && rm -rf x' \\< /dev/null"))
          .contains("echo 'a b'", "rm -rf x < /dev/null");
    }

    @Test
    void gemini_traps_and_runs() {
      assertThat(
              texts(
                  "shopt -u promptvars nullglob; _bgpids_file=/tmp/x; ( trap 'jobs -p >"
                      + " /tmp/x' EXIT\nrm -rf victim\n) ; __code=$?; exit $__code"))
          .contains("rm -rf victim", "jobs -p > /tmp/x");
    }
  }

  private static List<String> texts(String script) {
    CommandPlan plan = CommandPlanner.script(script, "/w", Map.of("HOME", "/home/ada"));
    assertThat(plan.problem()).as(script).isEmpty();
    return plan.steps().stream().map(PlanStep::text).toList();
  }
}
