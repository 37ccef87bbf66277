package org.framecast.conformance;

import static org.framecast.conformance.Check.require;
import static org.framecast.conformance.Level.MAY;
import static org.framecast.conformance.SessionChecks.inSession;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.framecast.conformance.Endpoint.Opened;
import org.framecast.conformance.Endpoint.Reply;

/** Clause 18: WHEP's extension for events; of no concern to a server that does not announce it. */
final class EventChecks {
  private static final String RELATION = "urn:ietf:params:whep:ext:core:server-sent-events";
  private static final Pattern LINK = Pattern.compile("<([^>]*)>[^<]*rel=\"?" + RELATION + "\"?.*");
  private static final String ALL = "[\"active\",\"inactive\",\"layers\",\"viewercount\"]";
  private static final int LIMIT_SECONDS = 15;

  private EventChecks() {}

  static List<Check> all() {
    return List.of(
        new Check(
            "18a",
            MAY,
            "the linked URL takes a JSON list of types: 201 and a Location",
            inSession(session -> subscribe(session, ALL))),
        new Check(
            "18b",
            MAY,
            "an unsupported type gets 400",
            inSession(s -> post(s, "[\"active\",\"weather\"]").require(400))),
        new Check(
            "18c",
            MAY,
            "events come as text/event-stream",
            inSession(
                session -> {
                  String events = read(session, subscribe(session, ALL), "event: ?viewercount");
                  require(!events.isEmpty(), "no event within " + LIMIT_SECONDS + " s");
                })),
        new Check(
            "18d",
            MAY,
            "DELETE ends a subscription",
            inSession(
                session -> {
                  URI subscription = subscribe(session, ALL);
                  session
                      .endpoint()
                      .send(session.endpoint().request(subscription).DELETE())
                      .requireSuccess();
                  session
                      .endpoint()
                      .send(session.endpoint().request(subscription).DELETE())
                      .require(404);
                })),
        new Check(
            "18e",
            MAY,
            "subscriptions end with the session",
            inSession(
                session -> {
                  URI subscription = subscribe(session, ALL);
                  session.delete().requireSuccess();
                  session
                      .endpoint()
                      .send(session.endpoint().request(subscription).DELETE())
                      .require(404);
                })));
  }

  private static URI link(Opened session) {
    for (String header : session.created().headers("Link")) {
      Matcher link = LINK.matcher(header);
      if (link.find()) {
        return session.session().resolve(link.group(1));
      }
    }
    throw new Check.NotApplicable("the server does not announce the extension");
  }

  private static Reply post(Opened session, String types) {
    return session
        .endpoint()
        .send(
            session
                .endpoint()
                .request(link(session))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(types)));
  }

  private static URI subscribe(Opened session, String types) {
    Reply reply = post(session, types).require(201);
    require(!reply.header("Location").isEmpty(), "the 201 has no Location");
    return session.session().resolve(reply.header("Location"));
  }

  /** Reads until the text of the events matches; what was read, or nothing when that never came. */
  private static String read(Opened session, URI subscription, String wanted) {
    HttpResponse<InputStream> response;
    try {
      response =
          session
              .endpoint()
              .http()
              .send(
                  session
                      .endpoint()
                      .request(subscription)
                      .header("Accept", "text/event-stream")
                      .GET()
                      .build(),
                  HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Check.NotApplicable("interrupted");
    }
    require(response.statusCode() == 200, "GET answers " + response.statusCode());
    String type = response.headers().firstValue("Content-Type").orElse("");
    require(type.startsWith("text/event-stream"), "Content-Type: " + type);
    try (InputStream body = response.body()) {
      return CompletableFuture.supplyAsync(
              () -> until(body, Pattern.compile(wanted)),
              task -> Thread.ofPlatform().daemon().name("conformance-events").start(task))
          .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (TimeoutException e) {
      return "";
    } catch (ExecutionException e) {
      throw new Check.Departure("the events broke off: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Check.NotApplicable("interrupted");
    }
  }

  private static String until(InputStream body, Pattern wanted) {
    StringBuilder text = new StringBuilder();
    byte[] bytes = new byte[1_024];
    try {
      for (int n = body.read(bytes); n >= 0; n = body.read(bytes)) {
        text.append(new String(bytes, 0, n, StandardCharsets.UTF_8));
        if (wanted.matcher(text).find()) {
          return text.toString();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "";
  }
}
