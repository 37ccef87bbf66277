package org.framecast.live;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.framecast.session.Session;
import org.framecast.session.SessionState;
import org.framecast.session.SourceImage;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.codec.ReaderLimits;
import org.framecast.stream.flow.Announcer;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.LatestPictures;
import org.framecast.stream.flow.MediaFolders;
import org.framecast.stream.flow.OtherSources;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.StillImage;
import org.framecast.stream.time.MediaClock;

/**
 * What the components of one stream work with: what all share, the stream's memory, its owner's
 * folders and source image.
 *
 * <p><b>Thread:</b> any.
 */
@Singleton
class StreamContexts {
  private final ComponentContext shared;
  private final StreamParts parts;
  private final OwnerFolders folders;
  private final PreviewBoard pictures;
  private final Instance<StreamDirectory> streams;

  /**
   * @param streams looked up when it is asked: it is made of what works with these contexts
   */
  @Inject
  StreamContexts(
      ComponentContext shared,
      StreamParts parts,
      OwnerFolders folders,
      PreviewBoard pictures,
      Instance<StreamDirectory> streams) {
    this.shared = shared;
    this.parts = parts;
    this.folders = folders;
    this.pictures = pictures;
    this.streams = streams;
  }

  /** What all streams use together. */
  ComponentContext shared() {
    return shared;
  }

  /** For the layers of a session's own stream, which read files and write none. */
  ComponentContext ofSession(Session session, SessionState state, StreamPools pools) {
    Map<Class<?>, Object> own = common(session, state, pools);
    own.put(MediaFolders.class, folders.readable(session));
    return new Context(shared, own);
  }

  /** The same while the session chooses its layers: another stream that one shows is known. */
  ComponentContext ofChoice(Session session, SessionState state, StreamPools pools) {
    return new Context(
        ofSession(session, state, pools), Map.of(OtherSources.class, (OtherSources) this::isKnown));
  }

  private boolean isKnown(String stream) {
    return streams.get().isKnown(stream);
  }

  /** For everything that a document names; the owner's folder is made. */
  ComponentContext ofDocument(Session owner, StreamPools pools) {
    Map<Class<?>, Object> own = common(owner, owner.state(), pools);
    own.put(MediaFolders.class, folders.media(owner));
    // Layers are never closed, so that those of a session get none.
    own.put(ThreadFactory.class, parts.threads());
    own.put(Announcer.class, (Announcer) LiveMessages.LOG::announced);
    own.put(OtherSources.class, (OtherSources) this::isKnown);
    return new Context(shared, own);
  }

  private Map<Class<?>, Object> common(Session owner, SessionState state, StreamPools pools) {
    Map<Class<?>, Object> own = new HashMap<>();
    own.put(MediaCodecs.class, parts.codecs());
    own.put(ReaderLimits.class, parts.config().readerLimits());
    own.put(FramePool.class, pools.frames());
    own.put(BufferPool.class, pools.buffers());
    own.put(MediaClock.class, parts.clock());
    own.put(LatestPictures.class, pictures);
    state
        .sourceId()
        .flatMap(owner::source)
        .map(SourceImage::image)
        .ifPresent(image -> own.put(StillImage.class, image));
    return own;
  }

  private record Context(ComponentContext shared, Map<Class<?>, Object> own)
      implements ComponentContext {
    @Override
    public <T> Optional<T> find(Class<T> type) {
      Object mine = own.get(type);
      return mine == null ? shared.find(type) : Optional.of(type.cast(mine));
    }
  }
}
