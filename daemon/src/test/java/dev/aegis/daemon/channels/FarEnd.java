package dev.aegis.daemon.channels;

import dev.aegis.daemon.approvals.DeskWorld;
import java.util.Optional;
import java.util.Set;

/**
 * The other end of a way to ask people, in the tests: its server and the people who read and answer
 * there. It outlives daemons. A new channel implements this and extends {@link ChannelContract}.
 */
public interface FarEnd extends AutoCloseable {

  /** Who answers. */
  enum Human {
    ADMIN,
    APPROVER,
    VIEWER
  }

  /** What a person may answer. */
  enum Choice {
    ONCE,
    SESSION,
    DENY
  }

  /** What may go wrong on the way, once. */
  enum Trouble {
    /** The server wants to be left alone for a while. */
    TOO_MANY,
    /** Somebody else receives the answers. */
    CONFLICT,
    SERVER_ERROR,
    /** The server answers too late. */
    SLOW,
    /** The server does what it is asked, and its answer is lost. */
    CUT,
    /** What people answer arrives twice. */
    TWICE,
    /** What people answer arrives in another order. */
    OUT_OF_ORDER
  }

  /** What a person sees of a question. */
  enum Stage {
    OPEN,
    /** Approved; whether the process goes on is not known. */
    APPROVED,
    WENT_ON,
    /** Denied, expired or cancelled. */
    ENDED
  }

  /**
   * What a person sees of a question now.
   *
   * @param handle by which the far end knows it again
   */
  record Seen(String text, Stage stage, Object handle) {}

  /** Connect the daemon of a world; closing it is the daemon's end of the channel. */
  AutoCloseable connect(DeskWorld world) throws Exception;

  /** Return who there is at this end. */
  Set<Human> people();

  /** Return what can go wrong on the way to this end. */
  Set<Trouble> troubles();

  /** Order that something goes wrong next. */
  void next(Trouble trouble);

  /** Return what a person sees of a question; empty when nothing. */
  Optional<Seen> sees(Human who, long approval) throws Exception;

  /**
   * Answer what a person once saw, even if it shows something else by now.
   *
   * @return by which the reply is found and the answer is brought again
   */
  Object answer(Human who, Seen seen, Choice choice) throws Exception;

  /** Return what the person was told. */
  Optional<String> reply(Object answer) throws Exception;

  /** The network brings an answer once more. */
  void again(Object answer) throws Exception;

  /** Somebody makes up an approval of their own; false where the way itself keeps them out. */
  boolean forge(Seen seen) throws Exception;

  @Override
  void close();
}
