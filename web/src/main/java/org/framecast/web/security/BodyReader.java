package org.framecast.web.security;

import java.io.IOException;
import java.io.InputStream;
import org.framecast.problem.Problem;
import org.framecast.web.problem.BodyProblems;

/** Reads bodies that have a limit, and stops reading where it is passed. */
public final class BodyReader {
  private BodyReader() {}

  /**
   * The whole body.
   *
   * @throws org.framecast.problem.ProblemException with 413 as soon as it has more than {@code
   *     maxBytes}
   */
  public static byte[] read(InputStream body, int maxBytes) {
    try {
      byte[] bytes = body.readNBytes(maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw BodyProblems.tooLarge(maxBytes).asException();
      }
      return bytes;
    } catch (IOException e) {
      throw Problem.of(
              "body-unreadable", 400, "The body could not be read", "It ended before its length.")
          .asException();
    }
  }
}
