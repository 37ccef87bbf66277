package org.framecast.stream.inference.onnx;

import java.util.Optional;
import java.util.Set;

/**
 * Looks through a model before the native library sees it: refuses weights in other files and
 * operators of somebody else.
 *
 * <p><b>Source:</b> onnx.proto3 of ONNX 1.x: the field numbers.
 */
final class OnnxScreen {
  private static final Set<String> DOMAINS = Set.of("", "ai.onnx", "ai.onnx.ml", "com.microsoft");
  private static final int MAX_DEPTH = 24;

  /** The messages of a model that can hold, directly or further down, what is refused. */
  private enum Kind {
    MODEL,
    OPSET,
    GRAPH,
    NODE,
    ATTRIBUTE,
    TENSOR,
    SPARSE_TENSOR,
    FUNCTION,
    TRAINING
  }

  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String why) {
      super(why, null, false, false);
    }
  }

  private OnnxScreen() {}

  /**
   * Why the model is refused; empty if it is not.
   *
   * @throws IllegalArgumentException when the bytes are no model
   */
  static Optional<String> refusal(byte[] model) {
    try {
      look(Kind.MODEL, new ProtoReader(model), 0);
      return Optional.empty();
    } catch (Refusal e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  private static void look(Kind kind, ProtoReader message, int depth) {
    if (depth > MAX_DEPTH) {
      throw new Refusal("graphs nested deeper than " + MAX_DEPTH + " levels");
    }
    while (message.next()) {
      switch (kind) {
        case MODEL -> model(message, depth);
        case OPSET -> requireDomain(message, 1);
        case GRAPH -> graph(message, depth);
        case NODE -> node(message, depth);
        case ATTRIBUTE -> attribute(message, depth);
        case TENSOR -> tensor(message);
        case SPARSE_TENSOR -> {
          if (message.field() == 1 || message.field() == 2) {
            look(Kind.TENSOR, message.message(), depth + 1);
          }
        }
        case FUNCTION -> function(message, depth);
        case TRAINING -> {
          if (message.field() == 1 || message.field() == 2) {
            look(Kind.GRAPH, message.message(), depth + 1);
          }
        }
      }
    }
  }

  private static void model(ProtoReader message, int depth) {
    switch (message.field()) {
      case 7 -> look(Kind.GRAPH, message.message(), depth + 1);
      case 8 -> look(Kind.OPSET, message.message(), depth + 1);
      case 20 -> look(Kind.TRAINING, message.message(), depth + 1);
      case 25 -> look(Kind.FUNCTION, message.message(), depth + 1);
      default -> {}
    }
  }

  private static void graph(ProtoReader message, int depth) {
    switch (message.field()) {
      case 1 -> look(Kind.NODE, message.message(), depth + 1);
      case 5 -> look(Kind.TENSOR, message.message(), depth + 1);
      case 15 -> look(Kind.SPARSE_TENSOR, message.message(), depth + 1);
      default -> {}
    }
  }

  private static void node(ProtoReader message, int depth) {
    switch (message.field()) {
      case 5 -> look(Kind.ATTRIBUTE, message.message(), depth + 1);
      case 7 -> requireDomain(message, 7);
      default -> {}
    }
  }

  private static void attribute(ProtoReader message, int depth) {
    switch (message.field()) {
      case 5, 10 -> look(Kind.TENSOR, message.message(), depth + 1);
      case 6, 11 -> look(Kind.GRAPH, message.message(), depth + 1);
      case 22, 23 -> look(Kind.SPARSE_TENSOR, message.message(), depth + 1);
      default -> {}
    }
  }

  private static void function(ProtoReader message, int depth) {
    switch (message.field()) {
      case 7 -> look(Kind.NODE, message.message(), depth + 1);
      case 9 -> look(Kind.OPSET, message.message(), depth + 1);
      case 11 -> look(Kind.ATTRIBUTE, message.message(), depth + 1);
      default -> {}
    }
  }

  /** Field 13 names another file, field 14 says that the weights are there. */
  private static void tensor(ProtoReader message) {
    if (message.field() == 13 || (message.field() == 14 && message.number() != 0)) {
      throw new Refusal("it keeps weights in another file");
    }
  }

  private static void requireDomain(ProtoReader message, int field) {
    if (message.field() == field && !DOMAINS.contains(message.text())) {
      throw new Refusal("it needs operators of " + message.text());
    }
  }
}
