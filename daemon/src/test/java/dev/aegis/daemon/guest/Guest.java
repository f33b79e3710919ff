package dev.aegis.daemon.guest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aegis.operation.Coverage;
import dev.aegis.operation.Operation;
import dev.aegis.wire.Frame;
import dev.aegis.wire.FrameDecoder;
import dev.aegis.wire.FrameEncoder;
import dev.aegis.wire.Front;
import dev.aegis.wire.MalformedFrameException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A real process of the session, which does what the test says. */
public final class Guest implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String FIRST = "0";

  private final SupervisedWorld world;
  private final SocketChannel channel;
  private final BufferedReader in;
  private final Writer out;
  private final String name;
  private final int pid;
  private long transaction;
  private long sequence;

  Guest(SupervisedWorld world, SocketChannel channel) throws IOException {
    this.world = world;
    this.channel = channel;
    this.in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    this.out = Channels.newWriter(channel, StandardCharsets.UTF_8);
    JsonNode introduction = JSON.readTree(in.readLine());
    this.name = introduction.get("name").asText();
    this.pid = introduction.get("pid").asInt();
  }

  public String name() {
    return name;
  }

  public int pid() {
    return pid;
  }

  private JsonNode tell(String verb, Map<String, Object> arguments) {
    try {
      say(verb, arguments);
      return JSON.readTree(in.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void say(String verb, Map<String, Object> arguments) throws IOException {
    Map<String, Object> command = new LinkedHashMap<>(arguments);
    command.put("do", verb);
    out.write(JSON.writeValueAsString(command) + "\n");
    out.flush();
  }

  /** Connect as a preloaded library of a program that is watched in libc. */
  public Guest greet() {
    return greet(Front.PRELOAD, Coverage.LIBC);
  }

  public Guest greet(Front front, Coverage coverage) {
    connect(FIRST);
    send(FIRST, new Frame.Hello(front, coverage, OptionalInt.empty()));
    return this;
  }

  public void connect(String connection) {
    tell("connect", Map.of("as", connection));
  }

  public void close(String connection) {
    tell("close", Map.of("as", connection));
  }

  public void disconnect() {
    close(FIRST);
  }

  public void send(String connection, Frame frame) {
    sendRaw(connection, hex(frame));
  }

  public void send(Frame frame) {
    send(FIRST, frame);
  }

  public void sendRaw(String connection, String hex) {
    tell("send", Map.of("as", connection, "hex", hex));
  }

  static String hex(Frame frame) {
    ByteBuffer bytes = FrameEncoder.encode(frame);
    byte[] content = new byte[bytes.remaining()];
    bytes.get(content);
    return HexFormat.of().formatHex(content);
  }

  /** Return the next frame, or null when the daemon has closed the connection. */
  public Frame receive(String connection) {
    String hex = tell("receive", Map.of("as", connection)).get("hex").asText();
    try {
      return hex.isEmpty()
          ? null
          : FrameDecoder.decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    } catch (MalformedFrameException e) {
      throw new AssertionError("the daemon sent " + hex, e);
    }
  }

  public Frame receive() {
    return receive(FIRST);
  }

  public Frame.Verdict verdict() {
    return (Frame.Verdict) receive();
  }

  public Frame ask(Operation operation) {
    send(new Frame.Ask(++transaction, ++sequence, operation, false));
    return receive();
  }

  public Frame attach(long request) {
    send(new Frame.Attach(++transaction, request));
    return receive();
  }

  public void release(long request) {
    send(new Frame.Released(request));
  }

  /** Fork, and report the child before anything else happens here. */
  public Guest fork(String child) {
    tell("fork", Map.of("name", child, "as", FIRST, "report", forkedWithoutChild()));
    return world.guest(child);
  }

  /** Fork as something does that reports nothing. */
  public Guest forkSilently(String child) {
    tell("fork", Map.of("name", child));
    return world.guest(child);
  }

  /** Fork a child that forks, reports its own child, and is gone at once. */
  public Guest doubleFork(String grandchild) {
    tell("vanish", Map.of("name", grandchild, "as", FIRST, "report", forkedWithoutChild()));
    return world.guest(grandchild);
  }

  /* All of the frame but the four bytes of the child, which only the guest knows. */
  private static String forkedWithoutChild() {
    String frame = hex(new Frame.Forked(1));
    return frame.substring(0, frame.length() - 8);
  }

  /** Execute a program that serves this guest on under another name. */
  public Guest execute(Path program, String next) {
    try {
      say("exec", Map.of("program", program.toString(), "argv", world.guestCommand(program, next)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return world.guest(next);
  }

  /** Send the same frames on many connections, one after the other, and count the answers. */
  public Map<String, Integer> many(int count, List<Frame> frames) {
    StringBuilder hex = new StringBuilder();
    frames.forEach(frame -> hex.append(hex(frame)));
    JsonNode answers = tell("many", Map.of("count", count, "hex", hex.toString())).get("answers");
    Map<String, Integer> counted = new LinkedHashMap<>();
    answers.properties().forEach(e -> counted.put(e.getKey(), e.getValue().asInt()));
    return counted;
  }

  /** End the process. */
  public void exit() {
    try {
      say("exit", Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
