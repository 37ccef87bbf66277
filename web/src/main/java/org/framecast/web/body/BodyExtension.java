package org.framecast.web.body;

import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import jakarta.servlet.ServletContext;

/** Puts the {@link BodyGate} in front of everything that this application does. */
public final class BodyExtension implements ServletExtension {
  @Override
  public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
    deployment.addInitialHandlerChainWrapper(
        next -> new BodyGate(next, () -> BodyRules.of(context)));
  }
}
