package org.framecast.web.security;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Opens a connection's {@link MediaContext} from what the handshake handed on, and closes it on the
 * other side. It runs after the upgrade, so it cannot refuse: {@link HandshakeFilter} does.
 */
@Interceptor
@SessionScopedMedia
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
public class SessionSetupInterceptor {
  @AroundInvoke
  @Nullable Object around(InvocationContext invocation) throws Exception {
    if (invocation.getMethod().isAnnotationPresent(OnOpen.class)) {
      return opening(invocation, connection(invocation));
    }
    if (invocation.getMethod().isAnnotationPresent(OnClose.class)) {
      return closing(invocation, connection(invocation));
    }
    return invocation.proceed();
  }

  private static @Nullable Object opening(InvocationContext invocation, Session connection)
      throws Exception {
    if (!(connection.getUserPrincipal() instanceof SetupPrincipal principal)
        || !principal.setup().claim().confirm()) {
      connection.close(
          new CloseReason(CloseReason.CloseCodes.VIOLATED_POLICY, "the handshake has lapsed"));
      return null;
    }
    MediaContext context = new MediaContext(principal.setup());
    context.attachTo(connection);
    boolean opened = false;
    try {
      Object result = invocation.proceed();
      opened = true;
      return result;
    } finally {
      if (!opened) {
        refuse(connection, context);
      }
    }
  }

  /** A connection without a stream behind it is of no use to anybody: it must not stay open. */
  private static void refuse(Session connection, MediaContext context) throws IOException {
    try {
      context.close();
    } finally {
      connection.close(
          new CloseReason(CloseReason.CloseCodes.UNEXPECTED_CONDITION, "cannot start"));
    }
  }

  private static @Nullable Object closing(InvocationContext invocation, Session connection)
      throws Exception {
    try {
      return invocation.proceed();
    } finally {
      MediaContext context = MediaContext.of(connection);
      if (context != null) {
        context.close();
      }
    }
  }

  private static Session connection(InvocationContext invocation) {
    return Arrays.stream(invocation.getParameters())
        .filter(Session.class::isInstance)
        .map(Session.class::cast)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the method takes no Session"));
  }
}
