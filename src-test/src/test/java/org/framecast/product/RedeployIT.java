package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.as.arquillian.container.ManagementClient;
import org.jboss.dmr.ModelNode;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Undeploys and deploys again with a live stream each time: its publisher and its viewer are told,
 * and nothing stays behind.
 */
@OwnDeployment
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class RedeployIT {
  private static final int ROUNDS = Integer.getInteger("framecast.test.redeploy-rounds", 3);

  @Deployment(name = "redeployed", managed = false, testable = false)
  static EnterpriseArchive ear() {
    return Product.ear();
  }

  /** What a round leaves in the server's process. */
  private record Left(long applicationThreads, long libdatachannelMappings, long nativeMappings) {}

  @Test
  void roundsLeaveNoThreadPeerOrLibrary(
      @ArquillianResource Deployer deployer, @ArquillianResource ManagementClient management)
      throws IOException {
    UsualDeployment.remove();
    long pid = pid(management);
    Left first = round(deployer, management, pid);
    Left last = first;
    for (int i = 1; i < ROUNDS; i++) {
      last = round(deployer, management, pid);
    }
    assertEquals(0, last.applicationThreads(), "threads of the application");
    assertTrue(
        last.libdatachannelMappings() <= first.libdatachannelMappings()
            && last.nativeMappings() <= first.nativeMappings(),
        first + " after the first round, " + last + " after round " + ROUNDS);
  }

  private static Left round(Deployer deployer, ManagementClient management, long pid)
      throws IOException {
    deployer.deploy("redeployed");
    try (Api api = new Api(Product.http())) {
      Api.Session session = api.openSession();
      try (StreamSocket socket = StreamSocket.open(api, session.accessToken(), "video");
          Publisher publisher = Publisher.start(socket);
          RtcViewer viewer = RtcViewer.join(api, session.stream(), session.accessToken())) {
        viewer.awaitVideoPackets(20);
        assertTrue(publisher.isRunning());
        assertTrue(applicationThreads(management) >= 4, "the stream's threads are seen by name");
        deployer.undeploy("redeployed");
        assertEquals("shutdown", socket.awaitEvent("ended").getString("reason"));
        assertEquals(1001, socket.awaitClose());
        assertTrue(viewer.awaitEnd(Duration.ofSeconds(30)), "the viewer sees the end");
      }
    }
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (applicationThreads(management) > 0 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(100_000_000L);
    }
    return new Left(
        applicationThreads(management),
        mappings(pid, "libdatachannel"),
        mappings(pid, "avcodec") + mappings(pid, "onnxruntime") + mappings(pid, "jna"));
  }

  /** Threads whose names are the application's, its streams' or the WebRTC library's. */
  private static long applicationThreads(ManagementClient management) throws IOException {
    ModelNode operation = new ModelNode();
    operation.get("operation").set("dump-all-threads");
    operation.get("address").add("core-service", "platform-mbean");
    operation.get("address").add("type", "threading");
    operation.get("locked-monitors").set(false);
    operation.get("locked-synchronizers").set(false);
    ModelNode result = management.getControllerClient().execute(operation).get("result");
    return result.asList().stream()
        .map(thread -> thread.get("thread-name").asString())
        .filter(name -> name.matches("(framecast|rtc|s-|demo).*"))
        .count();
  }

  private static long pid(ManagementClient management) throws IOException {
    ModelNode operation = new ModelNode();
    operation.get("operation").set("read-attribute");
    operation.get("address").add("core-service", "platform-mbean");
    operation.get("address").add("type", "runtime");
    operation.get("name").set("name");
    String name = management.getControllerClient().execute(operation).get("result").asString();
    return Long.parseLong(name.substring(0, name.indexOf('@')));
  }

  private static long mappings(long pid, String library) throws IOException {
    try (var lines = Files.lines(Path.of("/proc/" + pid + "/maps"))) {
      return lines.filter(line -> line.contains(library) && line.contains("r-xp")).count();
    }
  }
}
