package dev.aegis.measure;

import dev.aegis.policy.PolicyEngine;
import dev.aegis.policy.rules.Layer;
import dev.aegis.policy.rules.LoadedPolicy;
import dev.aegis.policy.rules.PolicyLoader;
import dev.aegis.policy.rules.PolicySource;
import java.util.List;

/** Policies of any size, with rules of all kinds that have nothing to do with what is asked. */
final class ManyRules {
  private static final String[] MATCHES = {
    "path_glob = \"/srv/customer%1$05d/**\"",
    "path_glob = \"~/archive/box%1$05d/*.pdf\"",
    "path_pattern = \"^/var/lib/service%1$05d/.*\\\\.db$\"",
    "tool = \"write_file\", path_glob = \"${workspace}/generated%1$05d.txt\"",
    "tool = \"bash\", program = \"deploy%1$05d\"",
    "tool = \"bash\", program = \"git\", args = [\"push\", \"remote%1$05d\"]",
    "tool = \"bash\", command_pattern = \"release%1$05d .*--now|undo%1$05d\"",
    "wrapped = \"agent%1$05d\", program = \"tool%1$05d\"",
    "tool = \"connect\", host_glob = \"198.51.%1$d.1\"",
    "tool = \"read_file\", path_pattern = \"token%1$05d|password%1$05d\"",
  };

  private ManyRules() {}

  static PolicyEngine engine(int rules) {
    String text = text(rules);
    LoadedPolicy loaded =
        PolicyLoader.load(List.of(new PolicySource(Layer.USER, "policy.toml", text)));
    return loaded
        .engine()
        .orElseThrow(() -> new IllegalStateException(loaded.problems().toString()));
  }

  private static String text(int rules) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rules; i++) {
      text.append("[[policy.rules]]\nname = \"rule-%d\"\nmatch = { ".formatted(i))
          .append(MATCHES[i % MATCHES.length].formatted(i))
          .append(" }\naction = \"require_approval\"\n");
    }
    return text.toString();
  }
}
