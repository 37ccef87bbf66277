package org.framecast.product;

import java.net.URI;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;

/** Where the assembled product is, and its address while the tests run. */
final class Product {
  private Product() {}

  /** The folder of the clone. */
  static Path root() {
    return Path.of(System.getProperty("framecast.root"));
  }

  /** Where the build puts the EAR. */
  static Path earFile() {
    return root().resolve("ear/target/framecast.ear");
  }

  /** The very EAR that the build made. */
  static EnterpriseArchive ear() {
    return ShrinkWrap.create(ZipImporter.class, "framecast.ear")
        .importFrom(earFile().toFile())
        .as(EnterpriseArchive.class);
  }

  /** The HTTP address of the server under test. */
  static URI http() {
    return URI.create("http://127.0.0.1:" + (8080 + portOffset()));
  }

  /** The UDP port of the server's media. */
  static int mediaPort() {
    return 8189 + portOffset();
  }

  static int portOffset() {
    return Integer.getInteger("framecast.test.port-offset", 1000);
  }
}
