package org.framecast.live;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.MediaFolders;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.time.MediaClock;

/** What the components of one stream work with: what all share, its memory, its owner's folders. */
record StreamContext(ComponentContext shared, Map<Class<?>, Object> own)
    implements ComponentContext {
  static StreamContext of(
      ComponentContext shared, StreamParts parts, StreamPools pools, MediaFolders folders) {
    return new StreamContext(
        shared,
        Map.of(
            MediaCodecs.class,
            parts.codecs(),
            FramePool.class,
            pools.frames(),
            BufferPool.class,
            pools.buffers(),
            ThreadFactory.class,
            parts.threads(),
            MediaClock.class,
            parts.clock(),
            MediaFolders.class,
            folders));
  }

  @Override
  public <T> Optional<T> find(Class<T> type) {
    Object mine = own.get(type);
    return mine == null ? shared.find(type) : Optional.of(type.cast(mine));
  }
}
