package dev.aegis.daemon.channels.telegram;

/**
 * Where a message goes.
 *
 * @param topic thread of a forum, 0 when there is none
 */
record Place(long chat, int topic) {

  /** Private chats have positive ids, groups negative ones. */
  boolean isGroup() {
    return chat < 0;
  }
}
