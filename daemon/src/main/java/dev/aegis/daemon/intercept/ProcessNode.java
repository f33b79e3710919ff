package dev.aegis.daemon.intercept;

import dev.aegis.daemon.store.ProcessKey;
import dev.aegis.operation.DeclaredCoverage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** One process of a session as the tree remembers it; guarded by the tree. */
final class ProcessNode {

  private static final int REMEMBERED = 8;

  private final ProcessKey key;
  private final Optional<ProcessKey> parent;
  private final Deque<Image> past = new ArrayDeque<>();
  private final Deque<Image> expected = new ArrayDeque<>();
  private final Deque<Image> expectedOfChildren = new ArrayDeque<>();
  private final SequenceWindow sequence = new SequenceWindow();
  private Image image;
  private boolean escaped;

  /**
   * A process that runs {@code image}.
   *
   * @param parent empty for the wrapped program, and for a process whose parent nobody reported
   */
  ProcessNode(ProcessKey key, Optional<ProcessKey> parent, Image image) {
    this.key = key;
    this.parent = parent;
    this.image = image;
  }

  ProcessKey key() {
    return key;
  }

  Optional<ProcessKey> parent() {
    return parent;
  }

  Image image() {
    return image;
  }

  boolean escaped() {
    return escaped;
  }

  SequenceWindow sequence() {
    return sequence;
  }

  void escape(Image found) {
    image = found;
    escaped = true;
  }

  /** The process runs another program than before, as was decided. */
  void run(Image next) {
    past.addLast(image);
    if (past.size() > REMEMBERED) {
      past.removeFirst();
    }
    image = next;
    escaped = false;
  }

  void declare(DeclaredCoverage coverage) {
    image = new Image(image.file(), image.program(), coverage, image.script());
  }

  void expect(Image next) {
    remember(expected, next);
  }

  void expectOfChild(Image next) {
    remember(expectedOfChildren, next);
  }

  private static void remember(Deque<Image> images, Image next) {
    images.removeIf(image -> image.file().equals(next.file()));
    images.addLast(next);
    if (images.size() > REMEMBERED) {
      images.removeFirst();
    }
  }

  Optional<Image> expected(FileKey file) {
    return find(expected, file);
  }

  Optional<Image> expectedOfChild(FileKey file) {
    return find(expectedOfChildren, file);
  }

  /** Find what a child that has not executed a program yet may be running. */
  Optional<Image> pastOrPresent(FileKey file) {
    return image.file().equals(file) ? Optional.of(image) : find(past, file);
  }

  void forgetExpectations() {
    expected.clear();
  }

  private static Optional<Image> find(Deque<Image> images, FileKey file) {
    return images.stream().filter(image -> image.file().equals(file)).findFirst();
  }
}
