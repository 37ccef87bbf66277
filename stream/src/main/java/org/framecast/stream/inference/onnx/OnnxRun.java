package org.framecast.stream.inference.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.framecast.stream.inference.ModelRun;
import org.framecast.stream.inference.TensorSpec;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaException.Code;

/** Buffers that ONNX Runtime reads and writes in place. */
final class OnnxRun implements ModelRun {
  private final OnnxSession owner;
  private final OrtSession session;
  private final AtomicInteger live;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment input;
  private final MemorySegment output;
  private final OnnxTensor inputTensor;
  private final OnnxTensor outputTensor;
  private final Map<String, OnnxTensor> inputs;
  private final Map<String, OnnxTensor> outputs;
  private boolean closed;

  OnnxRun(OnnxSession owner, OrtSession session, AtomicInteger live) throws OrtException {
    this.owner = owner;
    this.session = session;
    this.live = live;
    input = arena.allocate(owner.input().sizeBytes(), FrameShape.ALIGNMENT);
    output = arena.allocate(owner.output().sizeBytes(), FrameShape.ALIGNMENT);
    inputTensor = tensor(owner.input(), input);
    outputTensor = tensor(owner.output(), output);
    inputs = Map.of(owner.input().name(), inputTensor);
    outputs = Map.of(owner.output().name(), outputTensor);
    live.incrementAndGet();
  }

  private static OnnxTensor tensor(TensorSpec spec, MemorySegment memory) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    ByteBuffer bytes = memory.asByteBuffer().order(ByteOrder.nativeOrder());
    long[] shape = spec.shape().stream().mapToLong(Integer::longValue).toArray();
    return switch (spec.type()) {
      case FLOAT32 -> OnnxTensor.createTensor(environment, bytes.asFloatBuffer(), shape);
      case UINT8 -> OnnxTensor.createTensor(environment, bytes, shape, OnnxJavaType.UINT8);
    };
  }

  @Override
  public MemorySegment input() {
    return input;
  }

  @Override
  public MemorySegment output() {
    return output;
  }

  @Override
  public void run() {
    if (closed) {
      throw new IllegalStateException("a closed run of " + owner.model().name());
    }
    try (OrtSession.Result result = session.run(inputs, outputs)) {
      if (result.size() != 1) {
        throw new MediaException(Code.INFERENCE_FAILED, "no output of " + owner.model().name());
      }
    } catch (OrtException e) {
      throw new MediaException(Code.INFERENCE_FAILED, owner.model().name() + " failed", e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    inputTensor.close();
    outputTensor.close();
    arena.close();
    live.decrementAndGet();
    owner.runClosed();
  }
}
