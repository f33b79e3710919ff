package dev.aegis.agent;

/** The foreign program of the tests. */
final class Program {
  private Program() {}

  public static void main(String[] arguments) {
    System.out.println("program ran");
  }
}
