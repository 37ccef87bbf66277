package org.framecast.live;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.framecast.auth.Secret;
import org.framecast.config.ServerConfig;
import org.framecast.problem.Problem;
import org.framecast.problem.ProblemException;
import org.framecast.session.Session;
import org.framecast.session.SourceImage;
import org.framecast.stream.codec.ImageDecoder;
import org.framecast.stream.codec.ImageHeaders;
import org.framecast.stream.codec.ImageInfo;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.StillImage;

/**
 * Takes uploaded source images: checks the header, decodes, keeps what a layer can use.
 *
 * <p><b>Thread:</b> any; two images are decoded at a time, and nobody waits: the threads are those
 * that all requests share.
 */
@Singleton
public class SourceImages {
  private static final int MAX_SIDE = 4_096;
  private static final int ID_BYTES = 12;
  private static final int KEPT_SIDE = 768;
  private static final int DECODERS = 2;

  private final MediaCodecs codecs;
  private final int maxPerSession;
  private final int maxBytes;
  private final Semaphore decoding = new Semaphore(DECODERS);

  @Inject
  SourceImages(MediaCodecs codecs, ServerConfig config) {
    this.codecs = codecs;
    this.maxPerSession = config.sessions().maxSources();
    this.maxBytes = config.sessions().maxSourceBytes();
  }

  /**
   * Keeps an image for a session.
   *
   * @param mediaType what the sender says it is
   * @throws ProblemException with 422 when it is not that, or too small, large or broken; with 429
   *     when the session has as many as it may; with 503 when others are being decoded
   */
  public SourceImage add(Session session, String mediaType, byte[] file) {
    // Nothing is decoded in vain; whether there is room at the end is decided when it is kept.
    if (session.sources().size() >= maxPerSession) {
      throw tooMany();
    }
    if (!decoding.tryAcquire()) {
      throw busy();
    }
    try (BufferPool pool = BufferPool.open("source-image", 4L * maxBytes + (1 << 20));
        MediaBuffer content = pool.acquire(file.length).fill(ByteBuffer.wrap(file))) {
      return add(session, mediaType, content);
    } catch (MediaException e) {
      throw unreadable();
    } finally {
      decoding.release();
    }
  }

  private SourceImage add(Session session, String mediaType, MediaBuffer content) {
    ImageInfo info = ImageHeaders.parse(content.content());
    if (!info.format().mediaType().equals(mediaType)) {
      throw refused("The body is no " + mediaType + ".");
    }
    if (info.width() < 1 || info.height() < 1 || Math.max(info.width(), info.height()) > MAX_SIDE) {
      throw refused("An image has at most " + MAX_SIDE + " pixels a side.");
    }
    StillImage still;
    try (ImageDecoder decoder = codecs.openImageDecoder()) {
      still = StillImages.fitting(decoder.decodeStill(content, info), KEPT_SIDE);
    }
    SourceImage image =
        new SourceImage(Secret.randomText(ID_BYTES), info.width(), info.height(), mediaType, still);
    if (!session.addSource(image, maxPerSession)) {
      throw tooMany();
    }
    return image;
  }

  private ProblemException tooMany() {
    return Problem.of(
            "too-many-assets",
            429,
            "Too many source images",
            "A session keeps at most " + maxPerSession + ".")
        .asException();
  }

  private static ProblemException busy() {
    return Problem.of(
            "too-many-uploads",
            503,
            "Too many uploads at a time",
            "As many images as may be are being decoded; ask again.")
        .after(Duration.ofSeconds(1))
        .asException();
  }

  private static ProblemException unreadable() {
    return refused("The body is no whole image.");
  }

  private static ProblemException refused(String detail) {
    return Problem.of("image-unreadable", 422, "The image cannot be used", detail).asException();
  }
}
