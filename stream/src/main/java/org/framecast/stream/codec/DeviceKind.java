package org.framecast.stream.codec;

/** What a capture device gives. */
public enum DeviceKind {
  /** Pictures of a camera. */
  WEBCAM,
  /** Pictures of a screen. */
  SCREEN,
  /** Sound of a microphone or another input. */
  AUDIO
}
