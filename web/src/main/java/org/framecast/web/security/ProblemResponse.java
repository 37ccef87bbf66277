package org.framecast.web.security;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.framecast.web.problem.FrameworkRefusalMapper;
import org.framecast.web.problem.ProblemDocument;
import org.jspecify.annotations.Nullable;

/** An answer whose errors are problem documents, also those that the container makes by itself. */
final class ProblemResponse extends HttpServletResponseWrapper {
  private final @Nullable String accept;

  /**
   * @param accept what the request says that it takes
   */
  ProblemResponse(HttpServletResponse response, @Nullable String accept) {
    super(response);
    this.accept = accept;
  }

  @Override
  public void sendError(int status) throws IOException {
    resetBuffer();
    // The default servlet would name another for the file that it did not find.
    getResponse().setCharacterEncoding("UTF-8");
    ProblemDocument.write(
        FrameworkRefusalMapper.problem(status), accept, (HttpServletResponse) getResponse());
  }

  /** The container's message may be an exception's: it stays here. */
  @Override
  public void sendError(int status, @Nullable String message) throws IOException {
    sendError(status);
  }
}
