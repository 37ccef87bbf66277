package org.framecast.stream.inference;

import java.util.List;

/**
 * Name, element type and shape of a model's input or output.
 *
 * @param name as the model spells it
 * @param type of its elements
 * @param shape the sizes from the outermost dimension inwards; all are known and positive
 */
public record TensorSpec(String name, Type type, List<Integer> shape) {
  /** The element types that the ports can carry. */
  public enum Type {
    FLOAT32(4),
    UINT8(1);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
      return bytes;
    }
  }

  public TensorSpec {
    shape = List.copyOf(shape);
    for (int size : shape) {
      if (size < 1) {
        throw new IllegalArgumentException(name + " has the shape " + shape);
      }
    }
  }

  /** The number of elements. */
  public int elements() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /** The bytes that a buffer for it holds. */
  public long sizeBytes() {
    return (long) elements() * type.bytes();
  }

  /** The size of one dimension, counted from the outermost. */
  public int size(int dimension) {
    return shape.get(dimension);
  }
}
