package org.framecast.observability;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.framecast.lifecycle.ServerPhase;

/** Requests are welcome between start and stop. */
@Readiness
@ApplicationScoped
public class ReadyCheck implements HealthCheck {
  @Inject private ServerPhase phase;

  @Override
  public HealthCheckResponse call() {
    ServerPhase.Phase now = phase.now();
    return HealthCheckResponse.named("application")
        .status(now == ServerPhase.Phase.READY)
        .withData("phase", now.name())
        .build();
  }
}
