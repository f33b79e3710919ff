package dev.aegis.daemon.pipeline;

import dev.aegis.daemon.intercept.Session;
import dev.aegis.daemon.kernel.KernelFiles;
import dev.aegis.daemon.kernel.ListeningSockets;
import dev.aegis.daemon.kernel.ProcessFacts;
import dev.aegis.operation.Operation.SocketAccess;
import dev.aegis.policy.Listener;
import java.util.Optional;
import java.util.OptionalInt;

/** Tells who listens where a process of a session wants to connect. */
final class Listeners {

  private Listeners() {}

  /** Ask the kernel; empty when nobody listens there, or it does not show who. */
  static Optional<Listener> of(Session session, int asker, SocketAccess access) {
    ListeningSockets sockets = ListeningSockets.seenBy(asker);
    Optional<String> socket =
        access.unixPath().isPresent()
            ? sockets.unix(access.unixPath().get())
            : sockets.tcp(access.port());
    return socket.flatMap(
        inode -> {
          OptionalInt member = ListeningSockets.holder(inode, session.pids());
          if (member.isPresent()) {
            return Optional.of(
                new Listener(
                    isOfThisTime(session, access.unixPath()), commandLine(member.getAsInt())));
          }
          OptionalInt holder = ListeningSockets.holder(inode);
          return holder.isPresent()
              ? Optional.of(
                  new Listener(
                      session.contains(holder.getAsInt())
                          && isOfThisTime(session, access.unixPath()),
                      commandLine(holder.getAsInt())))
              : Optional.empty();
        });
  }

  /* The kernel's table keeps the name that a socket was made with: one that is older than the session has
   * taken that name over. */
  private static boolean isOfThisTime(Session session, Optional<String> path) {
    return path.filter(name -> name.startsWith("/"))
        .map(
            name ->
                KernelFiles.identify(name)
                    .map(file -> !file.born().isBefore(session.openedAt()))
                    .orElse(false))
        .orElse(true);
  }

  private static String commandLine(int pid) {
    return String.join(" ", ProcessFacts.commandLine(pid));
  }
}
