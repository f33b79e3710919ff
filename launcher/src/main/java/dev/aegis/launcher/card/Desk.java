package dev.aegis.launcher.card;

/**
 * Where the card's answers go. Calls return at once; what comes of them is told to the card in the
 * relay's thread.
 */
public interface Desk {

  /** Sends a decision; {@code reason} may be empty. */
  void decide(long id, Answer answer, String reason);

  /** Asks for all that is known about an approval. */
  void details(long id);
}
