package org.framecast.stream.whep;

import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.flow.Announcer;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.SinkProvider;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.pipeline.PipelineResources;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.transport.PeerTransport;

/** Makes {@link WebRtcSink}s, and tells the {@link Announcer} of the context their addresses. */
public final class WebRtcSinkProvider implements SinkProvider<WebRtcSinkOptions> {
  @Override
  public String name() {
    return "webrtc";
  }

  @Override
  public String title() {
    return "Viewers";
  }

  @Override
  public String description() {
    return "Serves viewers by WebRTC: a page and a WHEP endpoint of its own. In the server viewers"
        + " come without it.";
  }

  @Override
  public Class<WebRtcSinkOptions> optionsType() {
    return WebRtcSinkOptions.class;
  }

  @Override
  public StreamSink create(WebRtcSinkOptions options, ComponentContext context) {
    MediaCodecs codecs = part(context, MediaCodecs.class);
    List<Codec> usable =
        options.codec().codecs().stream().filter(codecs.encoders()::contains).toList();
    if (usable.isEmpty()) {
      throw new MediaException(
          MediaException.Code.UNSUPPORTED,
          "there is no encoder for " + options.codec() + " in this build of FFmpeg");
    }
    WebRtcSink sink = WebRtcSink.open(options, usable, parts(codecs, context));
    context
        .find(Announcer.class)
        .ifPresent(announcer -> announcer.announce("watch at " + sink.page()));
    return sink;
  }

  private static WebRtcParts parts(MediaCodecs codecs, ComponentContext context) {
    PipelineResources resources =
        new PipelineResources(
            codecs,
            part(context, FramePool.class),
            part(context, BufferPool.class),
            part(context, ThreadFactory.class),
            part(context, MediaClock.class));
    ScheduledExecutorService timer = part(context, ScheduledExecutorService.class);
    return new WebRtcParts(resources, part(context, PeerTransport.class), timer);
  }

  private static <T> T part(ComponentContext context, Class<T> type) {
    return context
        .find(type)
        .orElseThrow(
            () ->
                new MediaException(
                    MediaException.Code.OPTIONS,
                    "there is no "
                        + type.getSimpleName()
                        + " here; the server's viewers need no sink"));
  }
}
