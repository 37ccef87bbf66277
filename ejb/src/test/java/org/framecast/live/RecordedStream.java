package org.framecast.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.framecast.stream.codec.ImageInfo;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.pipeline.LayerChain;
import org.framecast.stream.webrtc.FanOut;

/** Keeps what a stream was given. */
final class RecordedStream implements LiveStream {
  private final BufferPool pool = BufferPool.open("recorded", 64 << 20);
  private final List<String> images = new ArrayList<>();
  private final List<Integer> soundSamples = new ArrayList<>();
  private Optional<FanOut> viewers = Optional.empty();
  private int liveAtClose = -1;

  /** Gives it viewers; closing them is its maker's. */
  void viewers(FanOut fanOut) {
    viewers = Optional.of(fanOut);
  }

  List<String> images() {
    return images;
  }

  List<Integer> soundSamples() {
    return soundSamples;
  }

  boolean isClosed() {
    return liveAtClose >= 0;
  }

  int liveBuffersAtClose() {
    return liveAtClose;
  }

  @Override
  public BufferPool buffers() {
    return pool;
  }

  @Override
  public void acceptImage(MediaBuffer file, ImageInfo info, long arrivalNanos) {
    images.add(info.format() + " " + info.width() + "x" + info.height());
  }

  @Override
  public void acceptAudio(MediaBuffer pcm, long arrivalNanos) {
    soundSamples.add(pcm.sizeBytes() / AudioFrame.BYTES_PER_SAMPLE_PAIR);
  }

  @Override
  public void overflow() {}

  @Override
  public StreamPools pools() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void chain(LayerChain chain) {}

  @Override
  public Optional<FanOut> fanOut() {
    return viewers;
  }

  @Override
  public StreamStats stats() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    liveAtClose = pool.live();
    pool.close();
  }
}
