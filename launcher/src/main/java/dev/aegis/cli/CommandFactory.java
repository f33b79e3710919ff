package dev.aegis.cli;

import java.lang.reflect.Constructor;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands, telling each who called. */
final class CommandFactory implements IFactory {

  private final IFactory others = CommandLine.defaultFactory();
  private final Caller caller;

  CommandFactory(Caller caller) {
    this.caller = caller;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      Class<?>[] parameters = constructor.getParameterTypes();
      if (parameters.length == 1 && parameters[0] == Caller.class) {
        return type.cast(constructor.newInstance(caller));
      }
    }
    return others.create(type);
  }
}
