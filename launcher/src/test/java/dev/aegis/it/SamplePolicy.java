package dev.aegis.it;

/** The policy of the documentation, verbatim, and the one rule that lets programs start. */
final class SamplePolicy {

  static final String TOML =
      """
      [policy]
      default_action = "require_approval"   # Fail-safe default

      [[policy.rules]]
      name = "allow-safe-reads"
      match = { tool = "read_file", path_pattern = "^/home/.*" }
      action = "allow"
      priority = 100

      [[policy.rules]]
      name = "block-secret-reads"
      match = { tool = "read_file", path_pattern = ".*\\\\.env.*|.*secret.*|.*credentials.*" }
      action = "deny"
      reason = "Secret file access blocked"
      priority = 10

      [[policy.rules]]
      name = "require-approval-for-writes"
      match = { tool = "write_file" }
      action = "require_approval"
      priority = 50

      [[policy.rules]]
      name = "block-force-push"
      match = { tool = "bash", command_pattern = "git push.*--force|git push.*-f" }
      action = "deny"
      reason = "Force push to remote is prohibited"
      priority = 5

      [[policy.rules]]
      name = "programs-may-start"
      match = { tool = "bash" }
      action = "allow"
      priority = 1000
      """;

  private SamplePolicy() {}

  /** Everything is allowed but starting programs whose command line looks so, which is held. */
  static String holding(String commandPattern) {
    return """
    [policy]
    extends = "none"
    default_action = "allow"

    [[policy.rules]]
    name = "hold"
    match = { tool = "bash", command_pattern = "%s" }
    action = "require_approval"
    """
        .formatted(commandPattern);
  }
}
