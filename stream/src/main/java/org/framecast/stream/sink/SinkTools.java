package org.framecast.stream.sink;

import java.nio.file.Files;
import java.nio.file.Path;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.codec.TrackCodec;
import org.framecast.stream.flow.Announcer;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.MediaFolders;
import org.framecast.stream.flow.OptionException;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.MediaException;

/**
 * What a sink that writes is built on. Everything belongs to whoever made it and outlives the sink.
 *
 * @param buffers where units come from
 * @param announcer hears what is done otherwise than it was asked for
 */
public record SinkTools(MediaCodecs codecs, BufferPool buffers, Announcer announcer) {
  /** For a sink that nobody listens to. */
  public SinkTools(MediaCodecs codecs, BufferPool buffers) {
    this(codecs, buffers, what -> {});
  }

  static SinkTools of(ComponentContext context) {
    return new SinkTools(
        part(context, MediaCodecs.class),
        part(context, BufferPool.class),
        context.find(Announcer.class).orElse(what -> {}));
  }

  /**
   * Where a sink writes that has this option {@code path}, in a folder that is there; nowhere when
   * nobody says where it may.
   */
  static Path writable(String path, ComponentContext context) {
    Path place;
    try {
      place = context.find(MediaFolders.class).orElseGet(MediaFolders::none).writable(path);
    } catch (MediaException e) {
      throw new OptionException("path", "must say where to write: " + e.getMessage());
    }
    Path folder = place.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new OptionException("path", "must say where to write: its folder is not there");
    }
    return place;
  }

  /** Refuses a codec of pictures that nothing here encodes. */
  void requireEncoder(TrackCodec codec) {
    if (!codecs.pictureTrackEncoders().contains(codec)) {
      throw new MediaException(
          MediaException.Code.UNSUPPORTED,
          "there is no encoder for " + codec.title() + " in this build of FFmpeg");
    }
  }

  private static <T> T part(ComponentContext context, Class<T> type) {
    return context
        .find(type)
        .orElseThrow(
            () ->
                new MediaException(
                    MediaException.Code.OPTIONS, "there is no " + type.getSimpleName() + " here"));
  }
}
