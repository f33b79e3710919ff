package dev.aegis.daemon.channels;

import dev.aegis.daemon.approvals.Approval;
import dev.aegis.daemon.approvals.ApprovalEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The open questions of one session: those that people see, and those that wait behind them. */
final class SessionQuestions {

  private final Map<Long, Approval> queued = new LinkedHashMap<>();
  private final Map<String, Approval> toldByShape = new LinkedHashMap<>();
  private final Set<Long> counted = new HashSet<>();

  void add(Approval approval) {
    queued.put(approval.id(), approval);
  }

  void remove(long id) {
    queued.remove(id);
    counted.remove(id);
    toldByShape.values().removeIf(one -> one.id() == id);
  }

  boolean isEmpty() {
    return queued.isEmpty() && toldByShape.isEmpty();
  }

  /** Take away and return what nobody has seen. */
  List<Approval> unseen() {
    List<Approval> unseen = List.copyOf(queued.values());
    queued.clear();
    counted.clear();
    return unseen;
  }

  /**
   * Take the next ones out of the queue. Of one shape people see one question, which says how many
   * more there are.
   *
   * @param most how many may be seen at once
   * @return what people are to be told now
   */
  List<ApprovalEvent> next(int most) {
    List<ApprovalEvent> news = new ArrayList<>();
    for (Iterator<Approval> i = queued.values().iterator(); i.hasNext(); ) {
      Approval approval = i.next();
      Approval alike = toldByShape.get(approval.shape());
      if (alike != null) {
        if (counted.add(approval.id())) {
          news.add(new ApprovalEvent.Changed(alike));
        }
      } else if (toldByShape.size() < most) {
        i.remove();
        counted.remove(approval.id());
        toldByShape.put(approval.shape(), approval);
        news.add(new ApprovalEvent.Opened(approval));
      }
    }
    return news;
  }
}
