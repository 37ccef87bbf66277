package org.framecast.live;

import org.framecast.stream.flow.DeliveryPolicy;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;

/**
 * A sink that closes the memory it was given when it closes: it may take longer to complete than
 * its stream to end.
 */
public final class OwnMemorySink implements StreamSink {
  private final StreamSink target;
  private final BufferPool memory;

  public OwnMemorySink(StreamSink target, BufferPool memory) {
    this.target = target;
    this.memory = memory;
  }

  @Override
  public DeliveryPolicy delivery() {
    return target.delivery();
  }

  @Override
  public void begin(MediaInfo info) {
    target.begin(info);
  }

  @Override
  public void accept(MediaItem item) throws InterruptedException {
    target.accept(item);
  }

  @Override
  public void finish() throws InterruptedException {
    target.finish();
  }

  @Override
  public long faults() {
    return target.faults();
  }

  @Override
  public void close() {
    try {
      target.close();
    } finally {
      memory.close();
    }
  }
}
