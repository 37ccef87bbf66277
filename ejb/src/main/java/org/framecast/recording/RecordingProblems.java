package org.framecast.recording;

import org.framecast.problem.Problem;

/** The refusals of recordings. */
final class RecordingProblems {
  private RecordingProblems() {}

  static Problem notRecordable() {
    return Problem.of(
        "not-recordable",
        409,
        "The stream cannot be recorded",
        "It does not run, or it takes single images and gives each back to its sender.");
  }

  static Problem already() {
    return Problem.of(
        "already-recording", 409, "The stream is being recorded", "End that recording first.");
  }

  static Problem notRecording() {
    return Problem.of(
        "not-recording",
        404,
        "The stream is not being recorded",
        "Nothing was begun by the caller.");
  }

  static Problem tooMany() {
    return Problem.of(
        "too-many-recordings",
        429,
        "Too many recordings",
        "The server makes as many at a time as it may.");
  }

  static Problem tooManyFiles() {
    return Problem.of(
        "too-many-files",
        429,
        "Too many recordings are kept",
        "The caller has as many files as may be; delete one.");
  }

  static Problem unknown() {
    return Problem.of(
        "recording-unknown", 404, "Unknown recording", "The caller has no recording of that name.");
  }

  static Problem empty() {
    return Problem.of(
        "recording-empty",
        409,
        "Nothing was recorded",
        "No picture came while it was recorded. It is ended, and there is no file.");
  }

  static Problem notComplete() {
    return Problem.of(
        "recording-incomplete",
        500,
        "The recording is not complete",
        "What was written until then is kept beside the recordings.");
  }
}
