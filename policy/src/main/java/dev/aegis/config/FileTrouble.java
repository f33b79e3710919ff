package dev.aegis.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says in a person's words why a file could not be used. */
public final class FileTrouble {

  private FileTrouble() {}

  /** Return the reason without the file, such as {@code permission denied}. */
  public static String of(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (failure instanceof CharacterCodingException) {
      return "not UTF-8 text";
    }
    String reason =
        failure instanceof FileSystemException known ? known.getReason() : failure.getMessage();
    if (reason == null) {
      return failure.toString();
    }
    return reason.equals("Is a directory") ? "it is a directory; expected a file" : reason;
  }
}
