package dev.aegis.daemon.channels.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.updates.GetUpdates;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.exceptions.TelegramApiRequestException;

/**
 * A question for updates whose answer is read one by one: an update that cannot be understood
 * becomes an empty one with its number, and does not block the others for ever.
 */
final class TolerantGetUpdates extends GetUpdates {

  private static final Logger LOG = LoggerFactory.getLogger(TolerantGetUpdates.class);

  @Override
  @SuppressWarnings("NonApiType") // the library's own signature
  public ArrayList<Update> deserializeResponse(String answer) throws TelegramApiRequestException {
    JsonNode root;
    try {
      root = OBJECT_MAPPER.readTree(answer);
    } catch (JsonProcessingException e) {
      throw new TelegramApiRequestException("the answer is not JSON", e);
    }
    if (!root.path("ok").asBoolean() || !root.path("result").isArray()) {
      return super.deserializeResponse(answer);
    }
    ArrayList<Update> updates = new ArrayList<>();
    for (JsonNode node : root.path("result")) {
      updates.add(update(node));
    }
    return updates;
  }

  private static Update update(JsonNode node) {
    try {
      return OBJECT_MAPPER.treeToValue(node, Update.class);
    } catch (JsonProcessingException e) {
      LOG.warn("update {} cannot be understood: {}", node.path("update_id"), e.getMessage());
      Update empty = new Update();
      empty.setUpdateId(node.path("update_id").asInt());
      return empty;
    }
  }
}
