package dev.aegis.daemon.channels.telegram;

import java.util.List;
import org.telegram.telegrambots.meta.api.methods.GetMe;
import org.telegram.telegrambots.meta.api.methods.commands.SetMyCommands;
import org.telegram.telegrambots.meta.api.methods.updates.DeleteWebhook;
import org.telegram.telegrambots.meta.api.objects.commands.BotCommand;

/** What must be said once before updates come: who we are, that we poll, and our commands. */
final class Introduction {

  private final BotClient client;
  private String bot = "";

  Introduction(BotClient client) {
    this.client = client;
  }

  /** Introduce ourselves unless that is done; gives the bot's name. */
  String introduce() throws BotException {
    if (bot.isEmpty()) {
      String name = client.call(new GetMe()).getUserName();
      Boolean dropped = client.call(new DeleteWebhook(false));
      List<BotCommand> commands =
          CommandWord.all().stream().map(word -> new BotCommand(word.word(), word.help())).toList();
      Boolean set = client.call(new SetMyCommands(commands));
      if (dropped && set) {
        bot = name;
      }
      return name;
    }
    return bot;
  }

  /** A webhook that somebody set meanwhile is a conflict too. */
  void repeatAfter(BotException e) {
    if (e.kind() == BotException.Kind.CONFLICT || e.kind() == BotException.Kind.TOKEN) {
      bot = "";
    }
  }
}
