package org.framecast.web.document;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.framecast.live.DocumentStream;
import org.framecast.live.DocumentStreams;
import org.framecast.live.StreamDirectory;
import org.framecast.problem.Problem;
import org.framecast.session.SessionRegistry;
import org.framecast.stream.plugin.StreamDocument;
import org.framecast.web.security.Bearer;
import org.framecast.web.security.BodyReader;
import org.jspecify.annotations.Nullable;

/** The streams that a caller makes from documents. */
@RequestScoped
@Path("/streams")
@Produces(MediaType.APPLICATION_JSON)
public class DocumentResource {
  @Inject private SessionRegistry sessions;
  @Inject private DocumentStreams streams;
  @Inject private StreamDirectory directory;

  /** Makes a stream and starts it. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response make(
      @HeaderParam("Authorization") @Nullable String authorization, InputStream body) {
    DocumentStream made =
        streams.open(sessions.authenticate(Bearer.token(authorization)), text(body));
    return Response.created(URI.create("/streams/" + made.name()))
        .entity(DocumentJson.of(made))
        .build();
  }

  /** What it is made of, and how it goes. */
  @GET
  @Path("/{name}")
  public JsonObject show(
      @PathParam("name") String name,
      @HeaderParam("Authorization") @Nullable String authorization) {
    return DocumentJson.of(own(authorization, name));
  }

  /** Sets other layers while it runs. */
  @PATCH
  @Path("/{name}")
  @Consumes(MediaType.APPLICATION_JSON)
  public JsonObject change(
      @PathParam("name") String name,
      @HeaderParam("Authorization") @Nullable String authorization,
      InputStream body) {
    return DocumentJson.of(streams.change(own(authorization, name), text(body)));
  }

  /** Ends it and completes its sinks. */
  @DELETE
  @Path("/{name}")
  public Response end(
      @PathParam("name") String name,
      @HeaderParam("Authorization") @Nullable String authorization) {
    streams.delete(own(authorization, name));
    return Response.noContent().build();
  }

  private DocumentStream own(@Nullable String authorization, String name) {
    return directory.requireDocument(sessions.authenticate(Bearer.token(authorization)), name);
  }

  /** JSON between systems is UTF-8 (RFC 8259 §8.1); bytes that are not are no text. */
  private static String text(InputStream body) {
    byte[] bytes = BodyReader.read(body, StreamDocument.MAX_CHARACTERS);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw Problem.of(
              "json-malformed",
              400,
              "The body is no JSON object",
              "A JSON object is expected here.")
          .asException();
    }
  }
}
