package dev.aegis.daemon.approvals;

/** Something that happened to an approval, told after its record is as durable as it must be. */
public sealed interface ApprovalEvent {

  /** Return the approval as it stood then. */
  Approval approval();

  /** A question that people may answer. */
  record Opened(Approval approval) implements ApprovalEvent {}

  /** One of several people who must approve did, or somebody is about to deny. */
  record Changed(Approval approval) implements ApprovalEvent {}

  /** It ended: approved, denied, expired or cancelled. */
  record Decided(Approval approval) implements ApprovalEvent {}

  /** A process that waited for it really goes on. */
  record Released(Approval approval) implements ApprovalEvent {}
}
