package org.framecast.web.observability;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/**
 * The JAX-RS application. It stands at the root, so its resources need no common prefix; static
 * pages are taken out in front of it.
 */
@ApplicationPath("/")
public class RestApplication extends Application {}
