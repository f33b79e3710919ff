package dev.aegis.policy.meaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aegis.policy.ScriptedSurroundings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTests {
  private final ScriptedSurroundings world = new ScriptedSurroundings();

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      value = {
        "/a/b § /a/b",
        "/a/* § /a/b",
        "/a/** § /a",
        "/a/** § /a/b/c",
        "/a/**/c § /a/c",
        "/a/**/c § /a/x/y/c",
        "/a/b? § /a/bc",
        "/a/{b,c}/d § /a/c/d",
        "/a/[bc] § /a/b",
        "/a/[!bc] § /a/d",
        "/a/\\* § /a/*",
        "~ § /home/ada",
        "~/x § /home/ada/x",
        "~/** § /home/ada/x/y",
        ".env § /x/y/.env",
        ".env.* § /x/.env.local",
        "*key.pem § /x/mykey.pem",
        "a/b § /x/a/b",
        "**/.git/hooks/* § /x/.git/hooks/pre-commit",
        "~/.config/{a,b}/**/{Login Data,Cookies} § /home/ada/.config/b/Default/Login Data",
      })
  void matches(String glob, String path) {
    assertThat(Glob.of(glob).matches(path, world)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      value = {
        "/a/b § /a/bc",
        "/a/* § /a/b/c",
        "/a/* § /a",
        "/a/** § /ab",
        "/a/**/c § /a/xc",
        "/a/b? § /a/b/",
        "/a/[!bc] § /a/b",
        "/a/\\* § /a/b",
        "~/x § /home/adax",
        ".env § /x/y.env",
        ".env § /x/.env/y",
        "a/b § /x/ca/b",
        "**/.git/hooks/* § /x/git/hooks/y",
        "*.key § /x.key/y",
      })
  void does_not_match(String glob, String path) {
    assertThat(Glob.of(glob).matches(path, world)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a/[b", "/a/{b", "/a}", "/a/${home}", "${x}/a", "/a\\"})
  void refuses(String glob) {
    assertThatThrownBy(() -> Glob.of(glob)).isInstanceOf(IllegalArgumentException.class);
  }
}
