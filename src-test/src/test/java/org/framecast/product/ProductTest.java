package org.framecast.product;

import java.time.Duration;
import java.util.function.LongPredicate;
import org.framecast.stream.webrtc.SenderPool;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test that talks to the deployed EAR from outside. */
@ExtendWith({ArquillianExtension.class, UsualDeployment.class})
@RunAsClient
abstract class ProductTest {
  private Api api = new Api(Product.http());

  @BeforeEach
  void connect() {
    api = new Api(Product.http());
  }

  @AfterEach
  void disconnect() {
    api.close();
  }

  final Api api() {
    return api;
  }

  /** A count of the server's own: peers, encoders, frames, threads. */
  final long metric(String name) {
    return new Health(api).count(name);
  }

  /**
   * Waits until the server runs no stream and holds nothing of one: exactly what it starts with.
   */
  final void awaitIdle(Duration limit) {
    new Health(api).awaitNoStream(limit);
    awaitMetric("threads", value -> value == SenderPool.defaultThreads(), limit);
  }

  /** Waits until a count of the server's suits. */
  final void awaitMetric(String name, LongPredicate suits, Duration limit) {
    new Health(api).await(name, suits, limit);
  }
}
