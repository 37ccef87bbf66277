package org.framecast.web.hls;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import org.framecast.hls.HlsOutcome;
import org.framecast.hls.HlsRequest;
import org.framecast.hls.HlsStreams;
import org.framecast.stream.sink.HlsStore;
import org.framecast.web.problem.ProblemDocument;
import org.framecast.web.signalling.Callers;
import org.jspecify.annotations.Nullable;

/**
 * A live stream as HLS. Every request carries a token, as a viewer's offer does; what is waited for
 * keeps no thread.
 */
@RequestScoped
@Path("/hls/{stream}")
public class HlsResource {
  @Inject private Callers callers;
  @Inject private HlsStreams streams;
  @Inject private HttpServletRequest request;

  /** A browser's question before it sends a token; none is needed for it. */
  @OPTIONS
  @Path("/index.m3u8")
  public Response indexOptions() {
    return preflight();
  }

  @OPTIONS
  @Path("/{run}/{file}")
  public Response fileOptions() {
    return preflight();
  }

  private static Response preflight() {
    return Response.ok()
        .header("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
        .header("Access-Control-Allow-Headers", "Authorization")
        .header("Access-Control-Max-Age", "600")
        .build();
  }

  /** The playlist that names the renditions; asking for it is what has them made. */
  @GET
  @Path("/index.m3u8")
  public CompletionStage<Response> index(@PathParam("stream") String stream) {
    return streams.index(question(stream)).thenApply(HlsResource::response);
  }

  /**
   * A playlist, a segment or a part.
   *
   * @param run as the index names it
   * @param segment the segment that the playlist shall have at least
   * @param part the part of it
   */
  @GET
  @Path("/{run}/{file}")
  public CompletionStage<Response> file(
      @PathParam("stream") String stream,
      @PathParam("run") String run,
      @PathParam("file") String file,
      @QueryParam("_HLS_msn") @Nullable String segment,
      @QueryParam("_HLS_part") @Nullable String part) {
    HlsRequest question = question(stream);
    CompletionStage<HlsOutcome> outcome =
        ReloadQuery.place(segment, part)
            .map(place -> streams.playlist(question, run, file, place))
            .orElseGet(() -> streams.file(question, run, file));
    return outcome.thenApply(HlsResource::response);
  }

  private HlsRequest question(String stream) {
    String agent = request.getHeader("User-Agent");
    return new HlsRequest(
        callers.asking(request), stream, request.getRemoteAddr(), agent == null ? "" : agent);
  }

  private static Response response(HlsOutcome outcome) {
    return switch (outcome) {
      case HlsOutcome.Refused refused -> ProblemDocument.response(refused.problem());
      case HlsOutcome.Found(HlsStore.Content content) ->
          Response.ok(content.bytes())
              .header("Content-Type", content.mediaType())
              .header("Cache-Control", caching(content))
              .build();
    };
  }

  /** Playlists grow. What they name never changes, and its address is never used again. */
  private static String caching(HlsStore.Content content) {
    return content.mediaType().equals(HlsStore.PLAYLIST_TYPE)
        ? "no-store"
        : "private, max-age=60, immutable";
  }
}
