package dev.aegis.launcher.os;

/** Signal numbers of Linux (the same on x86-64 and aarch64). */
public final class SignalNumber {

  public static final int HUP = 1;
  public static final int INT = 2;
  public static final int QUIT = 3;
  public static final int KILL = 9;
  public static final int TERM = 15;
  public static final int CONT = 18;
  public static final int STOP = 19;
  public static final int TSTP = 20;

  private SignalNumber() {}
}
