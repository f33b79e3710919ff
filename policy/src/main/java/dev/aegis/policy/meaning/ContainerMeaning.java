package dev.aegis.policy.meaning;

/** What a container may reach of this machine through what is mounted into it. */
final class ContainerMeaning {
  private static final Meaning REACHES_OUT =
      Meaning.of(
          "supervision.escape.hand_over",
          80,
          "a container with files of this machine beyond the workspace");

  private final Places places;

  ContainerMeaning(Places places) {
    this.places = places;
  }

  Meaning of(Invocation invocation, StepContext context) {
    Meaning all = Meaning.NONE;
    for (String value : invocation.values()) {
      int equals = value.indexOf('=');
      String option = value.substring(0, equals);
      String text = value.substring(equals + 1).replaceFirst("^=", "");
      if (option.equals("-v") || option.equals("--volume")) {
        int colon = text.indexOf(':');
        all = all.and(mount(colon < 0 ? "" : text.substring(0, colon), context));
      } else if (option.equals("--mount") || option.equals("--secret")) {
        all = all.and(mount(source(text), context));
      }
    }
    return all;
  }

  private static String source(String mount) {
    for (String part : mount.split(",", -1)) {
      if (part.startsWith("src=") || part.startsWith("source=")) {
        return part.substring(part.indexOf('=') + 1);
      }
    }
    return "";
  }

  private Meaning mount(String host, StepContext context) {
    if (host.isEmpty() || "/.~$`".indexOf(host.charAt(0)) < 0) {
      /* A volume that the daemon keeps. */
      return Meaning.NONE;
    }
    if (host.indexOf('$') >= 0 || host.indexOf('`') >= 0) {
      return context.surroundings().foresees() ? REACHES_OUT : Meaning.NONE;
    }
    return context
        .resolve(host.startsWith("~") ? context.surroundings().home() + host.substring(1) : host)
        .map(path -> isConfined(path, context) ? Meaning.NONE : REACHES_OUT)
        .orElse(REACHES_OUT);
  }

  private boolean isConfined(String path, StepContext context) {
    Place place = places.of(path, context.surroundings());
    return place == Place.WORKSPACE || place == Place.SCRATCH || place == Place.TOOL_STATE;
  }
}
