package org.framecast.web.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.framecast.web.problem.FrameworkRefusalMapper;
import org.framecast.web.problem.ProblemDocument;
import org.jspecify.annotations.Nullable;

/**
 * Serves the static pages. The JAX-RS application owns every path, so a page's request is forwarded
 * to the container's default servlet before it gets there.
 */
public final class PagesFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String path = pathOf(request);
    if (path.equals("/docs") || path.equals("/docs/javadoc")) {
      // Their links are relative to the folder.
      response.setStatus(HttpServletResponse.SC_TEMPORARY_REDIRECT);
      response.setHeader("Location", path + "/");
      return;
    }
    String file = fileOf(path);
    if (file == null) {
      chain.doFilter(request, response);
      return;
    }
    if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      response.setHeader("Allow", "GET, HEAD");
      ProblemDocument.write(FrameworkRefusalMapper.problem(405), response);
      return;
    }
    response.setHeader("Cache-Control", "no-cache");
    request
        .getServletContext()
        .getNamedDispatcher("default")
        .forward(new PageRequest(request, file), response);
  }

  /** The decoded path, whatever part of it a servlet is mapped to. */
  static String pathOf(HttpServletRequest request) {
    String info = request.getPathInfo();
    return info == null ? request.getServletPath() : request.getServletPath() + info;
  }

  /** The file that a path shows, or null if the path is not a page's. */
  static @Nullable String fileOf(String path) {
    return switch (path) {
      case "", "/" -> "/index.html";
      case "/watch" -> "/watch.html";
      case "/build" -> "/build.html";
      case "/favicon.ico", "/favicon.svg" -> "/app/favicon.svg";
      case "/index.html", "/watch.html", "/build.html", "/robots.txt" -> path;
      default -> page(path);
    };
  }

  private static @Nullable String page(String path) {
    if (path.startsWith("/docs/") && path.endsWith("/")) {
      return path + "index.html";
    }
    if (path.endsWith("/")) {
      return null;
    }
    return path.startsWith("/app/") || path.startsWith("/docs/") ? path : null;
  }

  /** The request for one file, whatever path was asked for. */
  private static final class PageRequest extends HttpServletRequestWrapper {
    private final String file;

    PageRequest(HttpServletRequest request, String file) {
      super(request);
      this.file = file;
    }

    @Override
    public String getServletPath() {
      return "";
    }

    @Override
    public String getPathInfo() {
      return file;
    }

    /** Files of a reproducible build all carry the same date, so a date says nothing of change. */
    @Override
    public long getDateHeader(String name) {
      return name.equalsIgnoreCase("If-Modified-Since") ? -1 : super.getDateHeader(name);
    }

    @Override
    public @Nullable String getHeader(String name) {
      return name.equalsIgnoreCase("If-Modified-Since") ? null : super.getHeader(name);
    }
  }
}
