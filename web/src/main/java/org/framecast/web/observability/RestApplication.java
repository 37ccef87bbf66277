package org.framecast.web.observability;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The JAX-RS application at the root. */
@ApplicationPath("/")
public class RestApplication extends Application {}
