package dev.aegis.daemon.channels.telegram;

import dev.aegis.config.AegisConfig;
import dev.aegis.config.Role;
import dev.aegis.daemon.approvals.DeskWorld;
import dev.aegis.daemon.channels.ChannelContract;
import dev.aegis.daemon.channels.ChannelRouter;
import dev.aegis.daemon.channels.Disturbance;
import dev.aegis.daemon.channels.FarEnd;
import dev.aegis.daemon.channels.telegram.FakeBotApi.Fault;
import dev.aegis.daemon.channels.telegram.FakeBotApi.Shown;
import dev.aegis.daemon.channels.telegram.PhoneWorld.Options;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class TelegramContractTests extends ChannelContract {

  private static final int STEPS = 14;

  @Override
  protected FarEnd farEnd() throws Exception {
    return new Phone(new FakeBotApi());
  }

  @Override
  protected int steps() {
    return STEPS;
  }

  /** People with phones, and the server of the tests between them and the daemon. */
  private record Phone(FakeBotApi bot) implements FarEnd {

    private static final Map<Human, Long> IDS =
        Map.of(
            Human.ADMIN, PhoneWorld.ADMIN,
            Human.APPROVER, PhoneWorld.APPROVER,
            Human.VIEWER, PhoneWorld.VIEWER);
    private static final Map<Choice, String> BUTTONS =
        Map.of(Choice.ONCE, "Once", Choice.SESSION, "This session", Choice.DENY, "Deny");

    @Override
    public AutoCloseable connect(DeskWorld world) {
      Options options =
          Options.standard()
              .people(
                  Map.of(
                      PhoneWorld.ADMIN, Role.ADMIN,
                      PhoneWorld.APPROVER, Role.APPROVER,
                      PhoneWorld.VIEWER, Role.VIEWER));
      return ChannelRouter.start(
          world.book,
          List.of(PhoneWorld.channel(world, bot, options)),
          new Disturbance(50, Optional.empty(), AegisConfig.QuietAction.HOLD),
          LocalTime::now);
    }

    @Override
    public Set<Human> people() {
      return EnumSet.allOf(Human.class);
    }

    @Override
    public Set<Trouble> troubles() {
      return EnumSet.allOf(Trouble.class);
    }

    @Override
    public void next(Trouble trouble) {
      switch (trouble) {
        case TOO_MANY -> {
          bot.next(Fault.tooMany("sendmessage", 1));
          bot.next(Fault.tooMany("editmessagetext", 1));
        }
        case CONFLICT -> bot.next(Fault.conflict());
        case SERVER_ERROR -> {
          for (String method : List.of("sendmessage", "getupdates", "editmessagetext")) {
            bot.next(Fault.badGateway(method));
          }
        }
        case SLOW -> bot.next(Fault.slow("editmessagetext"));
        case CUT -> {
          bot.next(Fault.cutAfter("getupdates"));
          bot.next(Fault.cutAfter("editmessagetext"));
          bot.next(Fault.cutAfter("answercallbackquery"));
        }
        case TWICE -> bot.deliverNextTwice();
        case OUT_OF_ORDER -> bot.deliverBackwards();
      }
    }

    @Override
    public Optional<Seen> sees(Human who, long approval) {
      return bot.shown(IDS.get(who)).stream()
          .filter(one -> one.text().contains("question " + approval))
          .reduce((first, second) -> second)
          .map(one -> new Seen(one.text(), stage(one), one));
    }

    private static Stage stage(Shown message) {
      if (message.text().contains("\u2705")) {
        return Stage.WENT_ON;
      }
      if (message.text().contains("\u25b6")) {
        return Stage.APPROVED;
      }
      return message.buttons().isEmpty() ? Stage.ENDED : Stage.OPEN;
    }

    @Override
    public Object answer(Human who, Seen seen, Choice choice) {
      return bot.tap(IDS.get(who), (Shown) seen.handle(), BUTTONS.get(choice));
    }

    @Override
    public Optional<String> reply(Object answer) {
      /* A viewer taps on somebody else's message, and a stranger there hears nothing. */
      return bot.answerTo((Integer) answer)
          .or(() -> bot.confirmed() > (Integer) answer ? Optional.of("nothing") : Optional.empty());
    }

    @Override
    public void again(Object answer) {
      bot.repeat((Integer) answer);
    }

    @Override
    public boolean forge(Seen seen) {
      Shown message = (Shown) seen.handle();
      int unused =
          bot.tapData(
              PhoneWorld.ADMIN,
              message.chat(),
              message.number(),
              message.data("Deny").replaceFirst("^d", "o"));
      return true;
    }

    @Override
    public void close() {
      bot.close();
    }
  }
}
