package org.framecast.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jboss.as.arquillian.container.ManagementClient;
import org.jboss.dmr.ModelNode;

/**
 * Configures the running server by system properties until it is closed, for a deployment of the
 * test's own: that with the usual settings goes.
 */
final class ServerProperties implements AutoCloseable {
  private final ManagementClient management;
  private final Set<String> names = new LinkedHashSet<>();

  ServerProperties(ManagementClient management) {
    this.management = management;
    UsualDeployment.remove();
  }

  void set(String name, String value) {
    ModelNode operation = operation("add", name);
    operation.get("value").set(value);
    execute(operation);
    names.add(name);
  }

  @Override
  public void close() {
    names.forEach(name -> execute(operation("remove", name)));
  }

  private static ModelNode operation(String operation, String name) {
    ModelNode node = new ModelNode();
    node.get("operation").set(operation);
    node.get("address").add("system-property", name);
    return node;
  }

  private void execute(ModelNode operation) {
    try {
      ModelNode result = management.getControllerClient().execute(operation);
      if (!"success".equals(result.get("outcome").asString())) {
        throw new AssertionError(result.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
