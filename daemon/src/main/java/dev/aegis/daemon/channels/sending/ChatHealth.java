package dev.aegis.daemon.channels.sending;

/** Hears which chats can be written to. Thread-safe. */
public interface ChatHealth {

  /** Something reached a chat. */
  void chatWorks(long chat);

  /** A chat cannot be written to until somebody does something about it. */
  void chatFails(long chat, SendException failure);
}
