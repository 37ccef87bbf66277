package org.framecast.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jboss.as.controller.client.ModelControllerClient;
import org.jboss.dmr.ModelNode;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The EAR with the settings of {@code arquillian.xml}, on the server that the tests share. The
 * first class that needs it has it deployed; it stays for the next, which begins once nothing runs
 * on it any more, as on a new deployment, but with compiled code. Who needs other settings has it
 * removed: {@link ServerProperties}.
 *
 * <p><b>Thread:</b> that of the shared server's tests, which run one after the other.
 */
final class UsualDeployment implements BeforeAllCallback {
  private static final String NAME = "framecast.ear";
  private static final int MANAGEMENT = 9990;

  /** A demo lingers and offers wait for their connection; the rest is for a busy machine. */
  private static final Duration LEFT_BY_OTHERS = Duration.ofSeconds(60);

  @Override
  public void beforeAll(ExtensionContext context) {
    if (isThere()) {
      awaitNoStream();
    } else {
      require(add());
    }
  }

  /** What does not end is found once: the next class begins with a new deployment. */
  private static void awaitNoStream() {
    try (Api api = new Api(Product.http())) {
      new Health(api).awaitNoStream(LEFT_BY_OTHERS);
    } catch (AssertionError e) {
      remove();
      throw e;
    }
  }

  /** Takes it away, so that a test can deploy the EAR by itself. */
  static void remove() {
    if (isThere()) {
      require(operation("undeploy"));
      require(operation("remove"));
    }
  }

  private static boolean isThere() {
    return isSuccess(execute(operation("read-resource")));
  }

  private static ModelNode add() {
    ModelNode operation = operation("add");
    ModelNode content = operation.get("content").add();
    content.get("path").set(Product.earFile().toString());
    content.get("archive").set(true);
    operation.get("enabled").set(true);
    return operation;
  }

  private static ModelNode operation(String name) {
    ModelNode operation = new ModelNode();
    operation.get("operation").set(name);
    operation.get("address").add("deployment", NAME);
    return operation;
  }

  private static void require(ModelNode operation) {
    ModelNode result = execute(operation);
    if (!isSuccess(result)) {
      throw new AssertionError(operation + ": " + result);
    }
  }

  private static boolean isSuccess(ModelNode result) {
    return "success".equals(result.get("outcome").asString());
  }

  private static ModelNode execute(ModelNode operation) {
    try (ModelControllerClient client =
        ModelControllerClient.Factory.create("127.0.0.1", MANAGEMENT + Product.portOffset())) {
      return client.execute(operation);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
