package org.framecast.stream.inference.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Models that must not be loaded, written field by field. */
final class HostileModel {
  private HostileModel() {}

  /** A tensor inside an attribute of a node of a nested graph names another file. */
  static byte[] withExternalData() {
    byte[] entry = join(text(1, "location"), text(2, "secret"));
    return model(deep(join(number(1, 1), number(2, 1), field(13, entry), number(14, 1))));
  }

  /** The same tensor without the file: the screen lets it pass, the runtime does not. */
  static byte[] withHarmlessTensor() {
    return model(deep(join(number(1, 1), number(2, 1))));
  }

  static byte[] withForeignOperator() {
    return model(field(1, join(text(4, "Run"), text(7, "evil.example"))));
  }

  static byte[] withForeignOpset() {
    return join(number(1, 8), field(8, join(text(1, "evil.example"), number(2, 1))));
  }

  static byte[] nested(int depth) {
    byte[] graph = {};
    for (int i = 0; i < depth; i++) {
      graph = field(1, field(5, field(6, graph)));
    }
    return model(graph);
  }

  private static byte[] deep(byte[] tensor) {
    byte[] inner = field(1, field(5, field(5, tensor)));
    return field(1, field(5, field(6, inner)));
  }

  private static byte[] model(byte[] graph) {
    return join(number(1, 8), field(8, number(2, 17)), field(7, graph));
  }

  private static byte[] text(int field, String value) {
    return field(field, value.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] field(int field, byte[] content) {
    return join(varint(field << 3 | 2), varint(content.length), content);
  }

  private static byte[] number(int field, int value) {
    return join(varint(field << 3), varint(value));
  }

  private static byte[] varint(int value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int rest = value;
    for (; rest > 0x7F; rest >>>= 7) {
      bytes.write(rest & 0x7F | 0x80);
    }
    bytes.write(rest);
    return bytes.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }
}
