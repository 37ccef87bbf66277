package org.framecast.conformance;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** The command: holds one endpoint to the clauses and says which it does not keep. */
public final class Main {
  private static final String HELP =
      """
      usage: bin/conformance URL [options]

      Holds the WHEP endpoint URL, which must have a live stream of VP8 and Opus, to the clauses of
      docs/conformance.md, and prints one line for each check: pass, FAIL or skip, with the clause.

        --whip        URL is a WHIP endpoint that nobody publishes to
        --token T     the bearer token that the endpoint wants
        --idle URL    a known stream of the same server that nobody publishes, for clause 16
        --flood N     send up to N offers in search of the rate limit, for clause 12
        --only N      the checks of clause N alone
        --json        print JSON
        --help        this text

      Exit status: 0 when no clause of level L or S is broken, 1 when one is, 2 for wrong options, or when
      nothing answers there, the token is missing or refused, or there is no such stream for it.
      """;

  private static final int CONNECT_MILLIS = 5_000;
  private static final int UNAUTHORIZED = 401;

  /** Not yours, not there, not live or not free. */
  private static final Set<Integer> NOTHING_TO_CHECK = Set.of(403, 404, 409);

  private Main() {}

  /** What the command line says. */
  private record Options(Endpoint endpoint, int only, Format format) {
    enum Format {
      LINES,
      JSON
    }
  }

  public static void main(String[] args) {
    PrintStream out = System.out;
    if (args.length > 0 && (args[0].equals("--help") || args[0].equals("-h"))) {
      out.print(HELP);
      return;
    }
    Options options;
    try {
      options = options(args);
    } catch (IllegalArgumentException e) {
      System.err.println("conformance: " + e.getMessage());
      System.err.print(HELP);
      System.exit(2);
      return;
    }
    Optional<String> vain =
        unreachable(options.endpoint())
            .or(() -> closed(options.endpoint()))
            .or(() -> empty(options.endpoint()));
    if (vain.isPresent()) {
      System.err.println("conformance: " + vain.get());
      System.exit(2);
    }
    Report report = run(options, out);
    options.endpoint().http().shutdownNow();
    System.exit(report.bindingFailures().isEmpty() ? 0 : 1);
  }

  /** Why no check needs to begin: nothing listens there. */
  private static Optional<String> unreachable(Endpoint endpoint) {
    URI uri = endpoint.uri();
    int port = uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(uri.getHost(), port), CONNECT_MILLIS);
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of(uri + " cannot be reached: " + e.getMessage());
    }
  }

  /** Why every check would fail: it wants a token, or another. */
  private static Optional<String> closed(Endpoint endpoint) {
    try {
      if (endpoint.offer("").status() != UNAUTHORIZED) {
        return Optional.empty();
      }
      return Optional.of(
          endpoint.uri()
              + (endpoint.token().isPresent()
                  ? " refuses the token; it may have expired: get another."
                  : " wants a token: give it by --token."));
    } catch (Check.Departure | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /** Why every check would fail: there is no stream that this caller may use so. */
  private static Optional<String> empty(Endpoint endpoint) {
    try {
      Endpoint.Reply reply = endpoint.patientOffer(Offers.usual(endpoint.protocol()).text());
      if (reply.isSuccess()) {
        endpoint.opened(reply).close();
      }
      if (!NOTHING_TO_CHECK.contains(reply.status())) {
        return Optional.empty();
      }
      return Optional.of(
          endpoint.uri()
              + " answers "
              + reply.status()
              + " to a good offer: "
              + switch (endpoint.protocol()) {
                case WHEP -> "it must have a live stream that this token may watch.";
                case WHIP -> "it must be free, and the token its publisher's.";
              });
    } catch (Check.Departure | Check.NotApplicable | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static Report run(Options options, PrintStream out) {
    Report report = new Report();
    for (Check check : Suite.of(options.endpoint().protocol())) {
      if (options.only() == 0 || options.only() == check.number()) {
        report.add(check, check.run(options.endpoint()));
        if (options.format() == Options.Format.LINES) {
          report.printLast(out);
        }
      }
    }
    switch (options.format()) {
      case LINES -> report.printTotals(out);
      case JSON -> report.printJson(out, options.endpoint().uri().toString());
    }
    return report;
  }

  private static Options options(String[] args) {
    Endpoint endpoint = null;
    Endpoint.Protocol protocol = Endpoint.Protocol.WHEP;
    Optional<String> token = Optional.empty();
    Optional<URI> idle = Optional.empty();
    int flood = 0;
    int only = 0;
    Options.Format format = Options.Format.LINES;
    URI url = null;
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--whip" -> protocol = Endpoint.Protocol.WHIP;
        case "--json" -> format = Options.Format.JSON;
        case "--token" -> token = Optional.of(value(args, ++i));
        case "--idle" -> idle = Optional.of(URI.create(value(args, ++i)));
        case "--flood" -> flood = Integer.parseInt(value(args, ++i));
        case "--only" -> only = Integer.parseInt(value(args, ++i));
        default -> {
          if (url != null || !args[i].matches("https?://.*")) {
            throw new IllegalArgumentException("unknown option " + args[i]);
          }
          url = URI.create(args[i]);
        }
      }
    }
    if (url == null) {
      throw new IllegalArgumentException("an http or https URL is missing");
    }
    requireChecks(protocol, only);
    endpoint = Endpoint.of(url, protocol, token);
    return new Options(
        new Endpoint(url, protocol, token, idle, flood, endpoint.http()), only, format);
  }

  private static void requireChecks(Endpoint.Protocol protocol, int only) {
    if (only != 0 && Suite.of(protocol).stream().noneMatch(check -> check.number() == only)) {
      throw new IllegalArgumentException("no check is of clause " + only);
    }
  }

  private static String value(String[] args, int i) {
    if (i >= args.length) {
      throw new IllegalArgumentException(args[i - 1] + " wants a value");
    }
    return args[i];
  }
}
