package org.framecast.web.body;

import io.undertow.conduits.ChunkedStreamSourceConduit;
import io.undertow.conduits.ReadDataStreamSourceConduit;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.AbstractServerConnection;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.conduits.StreamSourceConduit;

/**
 * What comes from a connection, looked over on its way to the reader of chunks. From the first byte
 * on that frames no chunk, nothing comes any more.
 *
 * <p><b>Thread:</b> the I/O thread of the connection.
 */
final class FramedSource extends AbstractStreamSourceConduit<StreamSourceConduit> {
  private final ChunkFraming framing;

  FramedSource(StreamSourceConduit next, ChunkFraming framing) {
    super(next);
    this.framing = framing;
  }

  /**
   * Puts itself in front of the body's reader if the body comes in chunks.
   *
   * @return what it notices; nothing, ever, of another body
   */
  static ChunkFraming watch(HttpServerExchange exchange) {
    ChunkFraming framing = new ChunkFraming();
    if (exchange.getConnection() instanceof AbstractServerConnection connection) {
      ConduitStreamSourceChannel channel = connection.getChannel().getSourceChannel();
      if (channel.getConduit() instanceof ChunkedStreamSourceConduit) {
        PooledByteBuffer known = connection.getExtraBytes();
        if (known != null) {
          framing.scan(known.getBuffer().duplicate());
        }
        channel.setConduit(chunks(exchange, connection, framing));
      }
    }
    return framing;
  }

  /**
   * The same reader as before: what came with the head, or was put back, is not looked at again.
   */
  private static StreamSourceConduit chunks(
      HttpServerExchange exchange, AbstractServerConnection connection, ChunkFraming framing) {
    FramedSource socket = new FramedSource(connection.getOriginalSourceConduit(), framing);
    return new ChunkedStreamSourceConduit(
        new ReadDataStreamSourceConduit(socket, connection),
        exchange,
        reader -> {
          if (!reader.isFinished()) {
            exchange.setPersistent(false);
          }
          Connectors.terminateRequest(exchange);
        });
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int start = target.position();
    int count = super.read(target);
    if (count > 0 && !framing.isBroken()) {
      framing.scan(target.duplicate().flip().position(start));
    }
    if (framing.isBroken()) {
      // Taken off the socket all the same: what is left there wakes the thread again and again.
      target.position(start);
      return Math.min(count, 0);
    }
    return count;
  }
}
