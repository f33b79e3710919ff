package dev.aegis.operation;

/**
 * What an operation means to a person, such as {@code file.delete.recursive} or {@code
 * secret.read}.
 *
 * @param name dotted lower-case words, most general first
 */
public record Category(String name) implements Comparable<Category> {
  public Category {
    if (!name.matches("[a-z][a-z_]*(\\.[a-z_]+)*")) {
      throw new IllegalArgumentException("not a category: " + name);
    }
  }

  /** Tell whether this is {@code general} or a special case of it. */
  public boolean isWithin(String general) {
    return name.equals(general) || name.startsWith(general + ".");
  }

  @Override
  public int compareTo(Category other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
