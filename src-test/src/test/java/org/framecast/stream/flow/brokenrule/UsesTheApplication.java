package org.framecast.stream.flow.brokenrule;

import org.framecast.session.brokenrule.UsesTheEdge;

/** The library must not know the application. */
public final class UsesTheApplication {
  UsesTheEdge application = new UsesTheEdge();
}
