package org.framecast.live;

import java.util.List;
import java.util.Locale;
import org.framecast.session.StreamMode;
import org.framecast.stream.media.Detection;

/** What a publisher is told while its stream runs. */
public sealed interface StreamEvent {
  /** The stream takes matter from now on. */
  record Ready(StreamMode mode, String stream, int maxMessageBytes) implements StreamEvent {}

  /** The numbers of the last second. */
  record Stats(StreamStats stats) implements StreamEvent {}

  /**
   * What was found in one image of image mode; the processed image follows.
   *
   * @param number counts the images that were taken, from 0
   */
  record Result(long number, int width, int height, List<Detection> detections)
      implements StreamEvent {}

  /** A message could not be used; the stream goes on. */
  record Error(Code code) implements StreamEvent {}

  /** The server closes the connection next. */
  record Ended(String reason) implements StreamEvent {}

  /** Why a message could not be used. */
  enum Code {
    TEXT_UNEXPECTED("Only binary messages are taken here."),
    CHANNEL_UNKNOWN("The first byte is none of 'v', 'a', 1 and 2."),
    MESSAGE_TOO_LARGE("The message is larger than ready.max_message_bytes."),
    IMAGE_UNREADABLE("The image is no whole JPEG, PNG or WebP file."),
    IMAGE_SIZE("The image is smaller or larger than the limits allow."),
    AUDIO_MALFORMED("Sound is whole pairs of float32 samples, at most one second."),
    LAYER_FAILED("A layer failed on this frame, which was dropped."),
    RATE("Frames come faster than the limit; this one was dropped."),
    OVERFLOW("More images are under way than there is room for; at least one has no answer.");

    private final String message;

    Code(String message) {
      this.message = message;
    }

    /** As it stands in the event. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** One sentence for whoever wrote the publisher. */
    public String message() {
      return message;
    }
  }
}
