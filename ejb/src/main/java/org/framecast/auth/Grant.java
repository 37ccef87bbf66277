package org.framecast.auth;

/** What its bearer may do with streams. */
public sealed interface Grant {
  /** May send this stream. */
  record Publish(String stream) implements Grant {}

  /** May watch any stream whose name it knows: the embedded default. */
  record ViewAny() implements Grant {}
}
