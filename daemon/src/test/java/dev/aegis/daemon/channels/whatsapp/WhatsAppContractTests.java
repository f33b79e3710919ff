package dev.aegis.daemon.channels.whatsapp;

import dev.aegis.config.AegisConfig;
import dev.aegis.config.Role;
import dev.aegis.daemon.approvals.DeskWorld;
import dev.aegis.daemon.channels.ChannelContract;
import dev.aegis.daemon.channels.ChannelRouter;
import dev.aegis.daemon.channels.Disturbance;
import dev.aegis.daemon.channels.FarEnd;
import dev.aegis.daemon.channels.whatsapp.FakeCloudApi.Sent;
import java.time.Instant;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class WhatsAppContractTests extends ChannelContract {

  private static final int STEPS = 12;

  @Override
  protected FarEnd farEnd() throws Exception {
    return new Phone(new FakeCloudApi());
  }

  @Override
  protected int steps() {
    return STEPS;
  }

  /** People with phones, and the server of the tests between them and the daemon. */
  private static final class Phone implements FarEnd {

    private static final Map<Human, Long> NUMBERS =
        Map.of(Human.ADMIN, 15550000007L, Human.APPROVER, 15550000008L, Human.VIEWER, 15550000009L);
    private static final Map<Choice, String> BUTTONS =
        Map.of(Choice.ONCE, "Once", Choice.SESSION, "This session", Choice.DENY, "Deny");

    private final FakeCloudApi api;
    private int port;
    private int number;
    private int times = 1;

    Phone(FakeCloudApi api) {
      this.api = api;
    }

    /** An answer as Meta delivers it. */
    private record Given(String id, long phone, String card, String body) {}

    @Override
    public AutoCloseable connect(DeskWorld world) {
      WhatsAppChannel channel =
          new WhatsAppChannel(
              new WhatsAppChannel.Parts(
                  new AegisConfig.WhatsApp(
                      FakeCloudApi.TOKEN,
                      FakeCloudApi.NUMBER,
                      FakeCloudApi.SECRET,
                      FakeCloudApi.VERIFY,
                      Map.of(
                          NUMBERS.get(Human.ADMIN), Role.ADMIN,
                          NUMBERS.get(Human.APPROVER), Role.APPROVER,
                          NUMBERS.get(Human.VIEWER), Role.VIEWER),
                      0,
                      api.url()),
                  world.book,
                  world.states(),
                  world.messages(WhatsAppChannel.NAME),
                  world.audit,
                  world.secret("buttons of whatsapp"),
                  "laptop",
                  false,
                  Instant::now));
      ChannelRouter router =
          ChannelRouter.start(
              world.book,
              List.of(channel),
              new Disturbance(50, Optional.empty(), AegisConfig.QuietAction.HOLD),
              LocalTime::now);
      port = channel.port().orElseThrow();
      return router;
    }

    @Override
    public Set<Human> people() {
      return EnumSet.allOf(Human.class);
    }

    @Override
    public Set<Trouble> troubles() {
      return EnumSet.of(Trouble.TOO_MANY, Trouble.SERVER_ERROR, Trouble.CUT, Trouble.TWICE);
    }

    @Override
    public void next(Trouble trouble) {
      switch (trouble) {
        case TOO_MANY -> api.next(429, 130_429, "Rate limit hit");
        case SERVER_ERROR -> api.next(500, 131_000, "Something went wrong");
        case CUT -> api.cutAfterNext();
        case TWICE -> times = 2;
        default -> throw new IllegalArgumentException(trouble + " cannot happen here");
      }
    }

    @Override
    public Optional<Seen> sees(Human who, long approval) {
      List<Sent> all =
          api.sent(NUMBERS.get(who)).stream()
              .filter(one -> one.text().matches("(?s).*question " + approval + "\\b.*"))
              .toList();
      Optional<Sent> card = all.stream().filter(one -> !one.buttons().isEmpty()).findFirst();
      return card.map(
          one -> {
            Sent last = all.get(all.size() - 1);
            return new Seen(last.text(), stage(last), one);
          });
    }

    private static Stage stage(Sent message) {
      if (message.text().contains("\u2705")) {
        return Stage.WENT_ON;
      }
      if (message.text().contains("\u25b6")) {
        return Stage.APPROVED;
      }
      return message.buttons().isEmpty() ? Stage.ENDED : Stage.OPEN;
    }

    @Override
    public Object answer(Human who, Seen seen, Choice choice) throws Exception {
      Sent card = (Sent) seen.handle();
      String id = "in." + ++number;
      long phone = NUMBERS.get(who);
      String body = FakeCloudApi.tap(id, phone, card.data(BUTTONS.get(choice)), card.id());
      Given given = new Given(id, phone, card.id(), body);
      for (; times > 1; times--) {
        again(given);
      }
      again(given);
      return given;
    }

    @Override
    public Optional<String> reply(Object answer) {
      Given given = (Given) answer;
      return api.sent(given.phone()).stream()
          .filter(one -> one.answers().equals(given.id()))
          .findFirst()
          .or(
              () ->
                  api.sent(given.phone()).stream()
                      .filter(one -> one.answers().equals(given.card()))
                      .filter(one -> given.id().equals("in.1"))
                      .findFirst())
          .map(Sent::text);
    }

    @Override
    public void again(Object answer) throws Exception {
      int status = api.deliver(port, ((Given) answer).body());
      if (status != 200) {
        throw new AssertionError("the webhook answered " + status);
      }
    }

    @Override
    public boolean forge(Seen seen) throws Exception {
      Sent card = (Sent) seen.handle();
      String data = card.data("Deny").replaceFirst("^d", "o");
      int status = api.deliver(port, FakeCloudApi.tap("forged", card.phone(), data, card.id()));
      return status == 200;
    }

    @Override
    public void close() {
      api.close();
    }
  }
}
