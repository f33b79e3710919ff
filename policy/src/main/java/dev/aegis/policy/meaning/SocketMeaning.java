package dev.aegis.policy.meaning;

import dev.aegis.operation.Operation.SocketAccess;
import dev.aegis.operation.OperationKind;
import dev.aegis.policy.Surroundings;
import java.util.List;

/** What a connection or a listening address means. */
final class SocketMeaning {
  private static final List<String> METADATA =
      List.of("169.254.169.254", "169.254.170.2", "fd00:ec2::254", "100.100.100.200");
  private static final Meaning CLOUD =
      Meaning.of("secret.read.cloud", 80, "hands out the credentials of this machine");

  private SocketMeaning() {}

  static Subject of(SocketAccess access, String program, Surroundings s) {
    String path = access.unixPath().orElse("");
    boolean connect = access.kind() == OperationKind.CONNECT;
    Meaning meaning =
        Meaning.of(
            (connect ? "net.connect" : "net.listen") + (path.isEmpty() ? "" : ".local"), 5, "");
    if (connect) {
      meaning = Peers.shipped().of(access, s).and(meaning);
    }
    if (connect && METADATA.contains(access.host())) {
      meaning = CLOUD.and(meaning);
    }
    String address = path.isEmpty() ? access.host() + " port " + access.port() : path;
    return new Subject(
        access.kind(),
        (connect ? "connect to " : "listen on ") + address,
        path,
        "",
        List.of(),
        program,
        "",
        access.host(),
        access.port(),
        meaning,
        false);
  }
}
