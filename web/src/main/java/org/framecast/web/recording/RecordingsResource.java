package org.framecast.web.recording;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.framecast.problem.Problem;
import org.framecast.recording.RecordedFile;
import org.framecast.recording.RecordingFiles;
import org.framecast.recording.Recordings;
import org.framecast.session.Session;
import org.framecast.session.SessionRegistry;
import org.framecast.web.security.Bearer;
import org.jspecify.annotations.Nullable;

/** What a caller has recorded. */
@RequestScoped
@Path("/recordings")
public class RecordingsResource {
  @Inject private SessionRegistry sessions;
  @Inject private Recordings recordings;
  @Inject private RecordingFiles files;
  @Inject private Downloads downloads;

  /** Those that are complete, the newest first, and those that are being made. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public JsonObject list(@HeaderParam("Authorization") @Nullable String authorization) {
    Session caller = sessions.authenticate(Bearer.token(authorization));
    JsonArrayBuilder complete = Json.createArrayBuilder();
    files.list(caller).forEach(file -> complete.add(RecordingJson.of(file)));
    JsonArrayBuilder running = Json.createArrayBuilder();
    recordings.of(caller).forEach(recording -> running.add(RecordingJson.of(recording)));
    return Json.createObjectBuilder().add("recordings", complete).add("running", running).build();
  }

  /** The file, or the part that {@code Range} names. */
  @GET
  @Path("/{file}")
  public Response download(
      @PathParam("file") String name,
      @HeaderParam("Authorization") @Nullable String authorization,
      @HeaderParam("Range") @Nullable String range,
      @HeaderParam("If-Range") @Nullable String ifRange) {
    RecordedFile file = files.require(sessions.authenticate(Bearer.token(authorization)), name);
    String tag = tag(file);
    ByteRange.Asked asked =
        ifRange == null || ifRange.equals(tag)
            ? ByteRange.parse(range, file.sizeBytes())
            : new ByteRange.Asked.Whole();
    Response.ResponseBuilder answer =
        switch (asked) {
          case ByteRange.Asked.Whole() ->
              Response.ok(downloads.of(file, new ByteRange(0, file.sizeBytes())))
                  .header("Content-Length", file.sizeBytes());
          case ByteRange.Asked.Part(ByteRange part) ->
              Response.status(206)
                  .entity(downloads.of(file, part))
                  .header("Content-Length", part.length())
                  .header("Content-Range", part.contentRange(file.sizeBytes()));
          case ByteRange.Asked.Beyond() -> throw beyond();
        };
    return answer
        .type(file.mediaType())
        .header("Accept-Ranges", "bytes")
        .header("ETag", tag)
        .header("Cache-Control", "private, no-cache")
        .header("Content-Disposition", "attachment; filename=\"" + file.name() + "\"")
        .build();
  }

  private static RuntimeException beyond() {
    return Problem.of(
            "range-unsatisfiable", 416, "The range is not in the file", "It begins after its end.")
        .asException();
  }

  private static String tag(RecordedFile file) {
    return "\"" + file.sizeBytes() + "-" + file.modified().toEpochMilli() + "\"";
  }

  /** Deletes it. */
  @DELETE
  @Path("/{file}")
  public Response delete(
      @PathParam("file") String name,
      @HeaderParam("Authorization") @Nullable String authorization) {
    files.delete(sessions.authenticate(Bearer.token(authorization)), name);
    return Response.noContent().build();
  }
}
