package org.framecast.web.session;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Locale;
import org.framecast.config.ServerConfig;
import org.framecast.live.SourceImages;
import org.framecast.problem.Problem;
import org.framecast.session.Session;
import org.framecast.session.SessionRegistry;
import org.framecast.session.SourceImage;
import org.framecast.web.security.Bearer;
import org.framecast.web.security.BodyReader;
import org.jspecify.annotations.Nullable;

/** Uploads of the images that layers use. */
@RequestScoped
@Path("/assets")
@Produces(MediaType.APPLICATION_JSON)
public class AssetResource {
  @Inject private SessionRegistry sessions;
  @Inject private SourceImages sources;
  @Inject private ServerConfig config;

  /** Keeps one image for the caller's session. */
  @POST
  public Response upload(
      @HeaderParam("Authorization") @Nullable String authorization,
      @HeaderParam("Content-Type") @Nullable String contentType,
      @QueryParam("type") @Nullable String type,
      InputStream body) {
    Session session = sessions.authenticate(Bearer.token(authorization));
    if (!"source".equals(type)) {
      throw Problem.of(
              "asset-type",
              400,
              type == null
                  ? "The type of the asset is missing"
                  : "The type of the asset is unknown",
              "Say type=source in the query; there is no other type.")
          .asException();
    }
    String mediaType = mediaType(contentType);
    SourceImage image =
        sources.add(session, mediaType, BodyReader.read(body, config.sessions().maxSourceBytes()));
    JsonObject json =
        Json.createObjectBuilder()
            .add("asset_id", image.id())
            .add("width", image.width())
            .add("height", image.height())
            .add("media_type", image.mediaType())
            .build();
    return Response.status(201).entity(json).build();
  }

  /** Lets an image of the caller's session go, so that there is room for another. */
  @DELETE
  @Path("/{id}")
  public Response remove(
      @HeaderParam("Authorization") @Nullable String authorization, @PathParam("id") String id) {
    Session session = sessions.authenticate(Bearer.token(authorization));
    if (!session.removeSource(id)) {
      throw session.source(id).isPresent()
          ? Problem.of(
                  "asset-in-use",
                  409,
                  "The image is selected",
                  "Select another, or none, by PUT /session/state first.")
              .asException()
          : Problem.of(
                  "asset-unknown", 404, "Unknown image", "The session has no image of that id.")
              .asException();
    }
    return Response.noContent().build();
  }

  private static String mediaType(@Nullable String contentType) {
    String type =
        contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return switch (type) {
      case "image/jpeg", "image/png", "image/webp" -> type;
      default ->
          throw Problem.of(
                  "media-type",
                  415,
                  "Unsupported media type",
                  "Source images are image/jpeg, image/png or image/webp.")
              .asException();
    };
  }
}
