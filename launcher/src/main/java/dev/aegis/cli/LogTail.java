package dev.aegis.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The end of a log file, and what is added to it. */
final class LogTail {

  private final Path file;
  private final Predicate<LogLine> wanted;
  private long position;
  private boolean showing;

  /**
   * The end of a file that need not exist yet.
   *
   * @param wanted which entries count
   */
  LogTail(Path file, Predicate<LogLine> wanted) {
    this.file = file;
    this.wanted = wanted;
  }

  /**
   * One entry with the lines that go on with it.
   *
   * @param first parsed line; of the entry before when {@code lines} only go on with that
   * @param lines as they stand in the file
   */
  record Entry(LogLine first, List<String> lines) {}

  /** Read everything there is and keep the last wanted entries. */
  List<Entry> last(int count) throws IOException {
    Deque<Entry> last = new ArrayDeque<>();
    for (Entry entry : entries(newText())) {
      last.addLast(entry);
      if (last.size() > count) {
        last.removeFirst();
      }
    }
    return List.copyOf(last);
  }

  /** Wait until the file changes and return the wanted entries that were added. */
  List<Entry> awaitMore() throws IOException, InterruptedException {
    try (WatchService watch = file.getFileSystem().newWatchService()) {
      file.getParent()
          .register(
              watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      /* What came between the last look and the registration is found here. */
      String text = newText();
      while (text.isEmpty()) {
        WatchKey key = watch.take();
        key.pollEvents();
        key.reset();
        text = newText();
      }
      return entries(text);
    }
  }

  private List<Entry> entries(String text) {
    List<Entry> entries = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Optional<LogLine> parsed = LogLine.parse(line);
      if (parsed.isPresent()) {
        showing = wanted.test(parsed.get());
        if (showing) {
          entries.add(new Entry(parsed.get(), new ArrayList<>(List.of(line))));
        }
      } else if (showing && !entries.isEmpty()) {
        entries.get(entries.size() - 1).lines().add(line);
      }
    }
    return entries;
  }

  /* Whole lines only; a file that is shorter than before was begun anew. */
  private String newText() throws IOException {
    if (!Files.exists(file)) {
      return "";
    }
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      if (log.length() < position) {
        position = 0;
      }
      log.seek(position);
      byte[] bytes = new byte[Math.toIntExact(log.length() - position)];
      log.readFully(bytes);
      int end = bytes.length;
      while (end > 0 && bytes[end - 1] != '\n') {
        end--;
      }
      position += end;
      return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
  }
}
