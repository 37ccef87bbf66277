package org.framecast.stream.flow.brokenrule;

import jakarta.inject.Inject;

/** The library must not know Jakarta. */
public final class UsesJakarta {
  @Inject String injected = "";
}
