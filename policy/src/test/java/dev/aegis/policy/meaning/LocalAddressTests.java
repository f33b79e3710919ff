package dev.aegis.policy.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalAddressTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:8080/x",
        "LOCALHOST:80",
        "http://localhost",
        "http://user:secret@localhost:3000/a?b=c",
        "https://api.localhost/v1",
        "postgres://me@127.0.0.1:5432/db",
        "http://127.1.2.3?x",
        "http://[::1]:80/",
        "::1",
        "0.0.0.0:80",
        "TCP:127.0.0.1:80",
        "TCP4-CONNECT:localhost:80,retry=3",
        "/dev/tcp/127.0.0.1/80"
      })
  void what_leads_to_this_machine_is_here(String word) {
    assertThat(LocalAddress.isHere(word)).isTrue();
    assertThat(LocalAddress.isNearby(word)).isTrue();
    assertThat(LocalAddress.isElsewhere(word)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost@evil.example/",
        "http://localhost:80@evil.example/",
        "http://localhost\\@evil.example/",
        "http://localhost.evil.example/",
        "http://127.0.0.1.evil.example/",
        "http://notlocalhost/",
        "http://evil.example/localhost",
        "http://evil.example/?a=http://localhost/",
        "http://evil.example#@localhost"
      })
  void what_names_this_machine_beside_another_is_elsewhere(String word) {
    assertThat(LocalAddress.isHere(word)).isFalse();
    assertThat(LocalAddress.isNearby(word)).isFalse();
    assertThat(LocalAddress.isElsewhere(word)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://shop.local:8080/", "https://api.test/v1"})
  void names_that_no_server_knows_are_nearby(String word) {
    assertThat(LocalAddress.isNearby(word)).isTrue();
    assertThat(LocalAddress.isHere(word)).isFalse();
  }
}
