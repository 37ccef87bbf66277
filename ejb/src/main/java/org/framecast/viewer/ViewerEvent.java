package org.framecast.viewer;

import java.util.List;
import java.util.Optional;

/**
 * What a viewer's subscription is told.
 *
 * <p><b>Source:</b> draft-ietf-wish-whep, the extension for server-sent events
 */
public sealed interface ViewerEvent {
  /** What a subscription may ask for. */
  enum Type {
    ACTIVE("active"),
    INACTIVE("inactive"),
    LAYERS("layers"),
    VIEWER_COUNT("viewercount");

    private final String wireName;

    Type(String wireName) {
      this.wireName = wireName;
    }

    /** The name that requests and events have for it. */
    public String wireName() {
      return wireName;
    }

    /** The type of that name. */
    public static Optional<Type> of(String wireName) {
      for (Type type : values()) {
        if (type.wireName.equals(wireName)) {
          return Optional.of(type);
        }
      }
      return Optional.empty();
    }
  }

  Type type();

  /** Media comes from the stream's source. */
  record Active() implements ViewerEvent {
    @Override
    public Type type() {
      return Type.ACTIVE;
    }
  }

  /** None comes, or never will again. */
  record Inactive() implements ViewerEvent {
    @Override
    public Type type() {
      return Type.INACTIVE;
    }
  }

  /**
   * The encodes that the viewer can be sent.
   *
   * @param mid the picture's section in the viewer's offer
   */
  record Layers(String mid, List<Encoding> encodings) implements ViewerEvent {
    public Layers {
      encodings = List.copyOf(encodings);
    }

    @Override
    public Type type() {
      return Type.LAYERS;
    }
  }

  /** How many watch. */
  record ViewerCount(int viewers) implements ViewerEvent {
    @Override
    public Type type() {
      return Type.VIEWER_COUNT;
    }
  }

  /** One encode of the stream's pictures. */
  record Encoding(String id, int width, int height, long bitrateBps) {
    /** Whether it is the same but for its bitrate, which never stands still. */
    boolean resembles(Encoding other) {
      return id.equals(other.id) && width == other.width && height == other.height;
    }
  }

  /** Where the events of a subscription go. */
  interface Sink {
    /** Hands an event on, without waiting; false when the reader is gone or does not keep up. */
    boolean send(ViewerEvent event);

    /** The reader hears no more. Idempotent. */
    void close();
  }
}
