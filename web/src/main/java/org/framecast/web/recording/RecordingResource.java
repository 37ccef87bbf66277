package org.framecast.web.recording;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.framecast.recording.RecordedFile;
import org.framecast.recording.Recordings;
import org.framecast.session.SessionRegistry;
import org.framecast.web.security.Bearer;
import org.jspecify.annotations.Nullable;

/** Beginning and ending the recording of a stream. */
@RequestScoped
@Path("/streams/{name}/recording")
@Produces(MediaType.APPLICATION_JSON)
public class RecordingResource {
  @Inject private SessionRegistry sessions;
  @Inject private Recordings recordings;

  /** Begins to record it. */
  @POST
  public Response start(
      @PathParam("name") String name,
      @HeaderParam("Authorization") @Nullable String authorization) {
    Recordings.Running begun =
        recordings.start(sessions.authenticate(Bearer.token(authorization)), name);
    return Response.created(URI.create("/streams/" + name + "/recording"))
        .entity(RecordingJson.of(begun))
        .build();
  }

  /** Ends the recording; the file that is complete now is answered. */
  @DELETE
  public JsonObject stop(
      @PathParam("name") String name,
      @HeaderParam("Authorization") @Nullable String authorization) {
    RecordedFile file = recordings.stop(sessions.authenticate(Bearer.token(authorization)), name);
    return RecordingJson.of(file);
  }
}
