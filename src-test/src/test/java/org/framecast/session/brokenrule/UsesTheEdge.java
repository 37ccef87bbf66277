package org.framecast.session.brokenrule;

import org.framecast.web.brokenrule.Page;

/** The application must not know the edge. */
public final class UsesTheEdge {
  Page page = new Page();
}
