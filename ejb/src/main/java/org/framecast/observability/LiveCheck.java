package org.framecast.observability;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.framecast.hls.HlsStreams;
import org.framecast.lifecycle.ServerThreads;
import org.framecast.live.CountedCodecs;
import org.framecast.live.LiveStreams;
import org.framecast.live.StreamDirectory;
import org.framecast.session.SessionRegistry;
import org.framecast.viewer.Previews;
import org.framecast.viewer.Viewing;

/** The application lives as long as it can say how much it carries. */
@Liveness
@ApplicationScoped
public class LiveCheck implements HealthCheck {
  @Inject private SessionRegistry sessions;
  @Inject private LiveStreams streams;
  @Inject private StreamDirectory directory;
  @Inject private CountedCodecs codecs;
  @Inject private Previews previews;
  @Inject private Viewing viewing;
  @Inject private HlsStreams hls;
  @Inject private ServerThreads threads;

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("media")
        .up()
        .withData("sessions", sessions.size())
        .withData("publishers", streams.size())
        .withData("streams_live", streams.size() + directory.runningConfigured())
        .withData("previews", previews.size())
        .withData("peers", viewing.livePeers())
        .withData("peers_opened", viewing.peersOpened())
        .withData("hls_streams", hls.running())
        .withData("hls_waiting", hls.waiting())
        .withData("encoders", codecs.openEncoders())
        .withData("encoders_opened", codecs.encodersOpened())
        .withData("decoders", codecs.openDecoders())
        .withData("native_codecs", codecs.liveNatives())
        .withData("threads", threads.running())
        .build();
  }
}
