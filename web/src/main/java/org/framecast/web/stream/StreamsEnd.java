package org.framecast.web.stream;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import org.framecast.session.SessionRegistry;

/**
 * Ends all sessions when the web application goes, so that publishers and viewers are told while
 * there still are connections to tell it by: whoever stops the application itself runs later, or at
 * the same time.
 */
@WebListener
public class StreamsEnd implements ServletContextListener {
  @Inject private SessionRegistry sessions;

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    try {
      sessions.endAll();
    } catch (RuntimeException e) {
      // What could not be ended is tried again by whoever stops the application.
      StreamMessages.LOG.debugf(e, "a session did not end");
    }
  }
}
