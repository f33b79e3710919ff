package dev.aegis.daemon.channels.telegram;

import dev.aegis.config.Role;
import dev.aegis.daemon.approvals.Answerer;

/**
 * Somebody who may talk to the bot.
 *
 * @param id Telegram's number of the person
 * @param name as others may read it
 */
record Person(long id, String name, Role role) {

  Answerer answerer() {
    return new Answerer(TelegramChannel.NAME + ":" + id, name, role);
  }
}
