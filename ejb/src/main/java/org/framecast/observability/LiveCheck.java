package org.framecast.observability;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.framecast.lifecycle.ServerThreads;
import org.framecast.live.LiveStreams;
import org.framecast.session.SessionRegistry;
import org.framecast.viewer.Viewing;

/** The application lives as long as it can say how much it carries. */
@Liveness
@ApplicationScoped
public class LiveCheck implements HealthCheck {
  @Inject private SessionRegistry sessions;
  @Inject private LiveStreams streams;
  @Inject private Viewing viewing;
  @Inject private ServerThreads threads;

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("load")
        .up()
        .withData("sessions", sessions.size())
        .withData("streams", streams.size())
        .withData("peers", viewing.livePeers())
        .withData("threads", threads.running())
        .build();
  }
}
