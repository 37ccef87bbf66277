package org.framecast.recording;

import java.util.Optional;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.MediaFolders;
import org.framecast.stream.media.BufferPool;

/**
 * What the sink of one recording works with. Its memory is its own, because it may take longer to
 * complete the file than its stream to end.
 */
record RecordingContext(MediaCodecs codecs, BufferPool buffers, MediaFolders folders)
    implements ComponentContext {
  private static final long MEMORY_BYTES = 32L << 20;

  static RecordingContext of(MediaCodecs codecs, MediaFolders folders) {
    return new RecordingContext(codecs, BufferPool.open("recording", MEMORY_BYTES), folders);
  }

  @Override
  public <T> Optional<T> find(Class<T> type) {
    for (Object part : new Object[] {codecs, buffers, folders}) {
      if (type.isInstance(part)) {
        return Optional.of(type.cast(part));
      }
    }
    return Optional.empty();
  }
}
