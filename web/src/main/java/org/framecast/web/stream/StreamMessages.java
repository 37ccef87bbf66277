package org.framecast.web.stream;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.MessageLogger;

/** The category for connections, quiet unless it is asked; ids 220 to 239. */
@MessageLogger(projectCode = "FRAMECAST", length = 4)
interface StreamMessages extends BasicLogger {
  StreamMessages LOG =
      Logger.getMessageLogger(
          MethodHandles.lookup(), StreamMessages.class, "org.framecast.web.stream");
}
