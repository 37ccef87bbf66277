package org.framecast.web.body;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import org.framecast.config.ServerConfig;
import org.framecast.web.security.Origins;

/** Makes the rules of bodies from the configuration, before the first request comes. */
@WebListener
public class BodySetup implements ServletContextListener {
  @Inject private ServerConfig config;
  @Inject private Origins origins;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    BodyRules.of(config, origins).keepIn(event.getServletContext());
  }
}
