package dev.aegis.policy.meaning;

import dev.aegis.operation.FileIdentity;
import dev.aegis.operation.Operation.FileAccess;
import dev.aegis.operation.OperationKind;
import dev.aegis.policy.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns an operation on a file into its subjects.
 *
 * <p>A rename is also a read of what moves and a write of the destination, a hard link a read of
 * what gets another name: no name can be laundered into one that rules do not know.
 */
final class FileMeaning {
  private static final int ACCESS_MODE = 3;
  private static final int READ_WRITE = 2;

  private final FileKnowledge knowledge;
  private final Places places;
  private final ReadMeaning reads;
  private final WriteMeaning writes;
  private final DeleteMeaning deletes;
  private final SecretNames secretNames;

  FileMeaning(FileKnowledge knowledge) {
    this.knowledge = knowledge;
    places = new Places(knowledge.toolState(), knowledge.aboveToolState());
    reads = new ReadMeaning(knowledge.secrets());
    secretNames = knowledge.secretNames();
    writes = new WriteMeaning(knowledge.persistence(), knowledge.secrets());
    deletes = new DeleteMeaning();
  }

  Landmarks landmarks(OperationKind kind, Surroundings s) {
    return new LandmarkReader(s).read(kind, knowledge);
  }

  Places places() {
    return places;
  }

  WriteMeaning writes() {
    return writes;
  }

  DeleteMeaning deletes() {
    return deletes;
  }

  SecretNames secretNames() {
    return secretNames;
  }

  ReadMeaning reads() {
    return reads;
  }

  List<Subject> of(FileAccess access, String program, Surroundings s) {
    String spelled = spelledOtherwise(access);
    return switch (access.kind()) {
      case READ_FILE ->
          (access.openFlags() & ACCESS_MODE) == READ_WRITE
              ? readAndWrite(access, spelled, program, s)
              : List.of(read(access.path(), spelled, access.identity(), program, s));
      case WRITE_FILE -> writeOrLink(access, spelled, program, s);
      case DELETE_FILE -> List.of(delete(access, spelled, program, s));
      case MOVE_FILE -> move(access, spelled, program, s);
      default -> List.of(mode(access, spelled, program, s));
    };
  }

  private List<Subject> writeOrLink(
      FileAccess access, String spelled, String program, Surroundings s) {
    if ((access.openFlags() & ACCESS_MODE) == READ_WRITE) {
      return readAndWrite(access, spelled, program, s);
    }
    boolean newDirectory = access.call().startsWith("mkdir") && access.identity().isEmpty();
    Place place =
        newDirectory ? places.ofNewDirectory(access.path(), s) : places.of(access.path(), s);
    Subject write = write(access.path(), spelled, access.identity(), place, program, s);
    boolean hardLink = access.call().startsWith("link") && access.otherPath().isPresent();
    if (!hardLink) {
      return List.of(write);
    }
    String source = access.otherPath().get();
    return List.of(write, read(source, "", access.otherIdentity(), program, s));
  }

  private List<Subject> readAndWrite(
      FileAccess access, String spelled, String program, Surroundings s) {
    return List.of(
        write(access.path(), spelled, access.identity(), program, s),
        read(access.path(), spelled, access.identity(), program, s));
  }

  private List<Subject> move(FileAccess access, String spelled, String program, Surroundings s) {
    String source = access.path();
    String destination = access.otherPath().orElse(source);
    Place from = places.of(source, s);
    Place to = places.of(destination, s);
    Meaning moving = writes.of(source, from, program, s);
    if (to == Place.SCRATCH && from != Place.SCRATCH) {
      moving = moving.and(deletes.withContent(source, access.identity(), from, program, s));
    }
    List<Subject> subjects = new ArrayList<>();
    String text = "move " + source + " to " + destination;
    subjects.add(
        Subject.ofFile(OperationKind.MOVE_FILE, text, source, spelled, program, moving, false));
    subjects.add(
        Subject.ofFile(
            OperationKind.MOVE_FILE,
            text,
            destination,
            "",
            program,
            writes.of(destination, to, program, s),
            false));
    subjects.add(read(source, spelled, access.identity(), program, s));
    subjects.add(write(destination, "", access.otherIdentity(), program, s));
    if (access.call().equals("renameat2") && exchanges(access)) {
      subjects.add(read(destination, "", access.otherIdentity(), program, s));
    }
    return subjects;
  }

  /** Both names exist and the kernel was asked for more than a plain rename. */
  private static boolean exchanges(FileAccess access) {
    return access.otherIdentity().isPresent();
  }

  private Subject read(
      String path,
      String spelled,
      Optional<FileIdentity> identity,
      String program,
      Surroundings s) {
    Place place = places.of(path, s);
    Meaning meaning = reads.of(path, place, identity, program, s);
    return Subject.ofFile(
        OperationKind.READ_FILE,
        "read " + path,
        path,
        spelled,
        program,
        meaning,
        StartupFiles.isRead(path, place, identity)
            && !meaning.isWithin("secret")
            && !meaning.isWithin("file.read.device"));
  }

  private Subject write(
      String path,
      String spelled,
      Optional<FileIdentity> identity,
      String program,
      Surroundings s) {
    return write(path, spelled, identity, places.of(path, s), program, s);
  }

  private Subject write(
      String path,
      String spelled,
      Optional<FileIdentity> identity,
      Place place,
      String program,
      Surroundings s) {
    return Subject.ofFile(
        OperationKind.WRITE_FILE,
        (identity.isPresent() ? "write " : "create ") + path,
        path,
        spelled,
        program,
        writes.of(path, place, program, s),
        place == Place.TERMINAL);
  }

  private Subject delete(FileAccess access, String spelled, String program, Surroundings s) {
    Place place = places.of(access.path(), s);
    Meaning meaning =
        deletes
            .of(access.path(), access.identity(), place, program, s)
            .and(writes.ofLosing(access.path(), program, s));
    return Subject.ofFile(
        OperationKind.DELETE_FILE,
        "delete " + access.path(),
        access.path(),
        spelled,
        program,
        meaning,
        false);
  }

  private Subject mode(FileAccess access, String spelled, String program, Surroundings s) {
    Place place = places.of(access.path(), s);
    return Subject.ofFile(
        OperationKind.CHANGE_MODE,
        "change mode of " + access.path(),
        access.path(),
        spelled,
        program,
        ModeMeaning.of(access, place, writes.of(access.path(), place, program, s)),
        place == Place.TERMINAL);
  }

  /** A relative spelling of the same names says nothing new. */
  private static String spelledOtherwise(FileAccess access) {
    String spelled = access.spelled().orElse("");
    return spelled.isEmpty() || access.path().endsWith(spelled) ? "" : spelled;
  }
}
