package org.framecast.stream.inference.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.framecast.stream.inference.ExecutionProvider;
import org.framecast.stream.inference.ModelFile;
import org.framecast.stream.inference.ModelRun;
import org.framecast.stream.inference.ModelSession;
import org.framecast.stream.inference.TensorSpec;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaException.Code;

/** A session of ONNX Runtime. It is freed when it and all of its runs are closed. */
final class OnnxSession implements ModelSession {
  private final ModelFile model;
  private final OrtSession session;
  private final TensorSpec input;
  private final TensorSpec output;
  private final ExecutionProvider provider;
  private final int maxRuns;
  private final AtomicInteger live;
  private int runs;
  private boolean closed;

  private OnnxSession(
      Loaded loaded, TensorSpec input, TensorSpec output, int maxRuns, AtomicInteger live) {
    this.model = loaded.model();
    this.session = loaded.session();
    this.provider = loaded.provider();
    this.input = input;
    this.output = output;
    this.maxRuns = maxRuns;
    this.live = live;
  }

  private record Loaded(ModelFile model, OrtSession session, ExecutionProvider provider) {}

  /** Takes over the native session; it is closed when its inputs or outputs do not fit. */
  static OnnxSession open(
      ModelFile model,
      OrtSession session,
      ExecutionProvider provider,
      int maxRuns,
      AtomicInteger live)
      throws OrtException {
    boolean done = false;
    try {
      TensorSpec input = only(model, "input", session.getInputInfo());
      TensorSpec output = only(model, "output", session.getOutputInfo());
      Loaded loaded = new Loaded(model, session, provider);
      OnnxSession opened = new OnnxSession(loaded, input, output, maxRuns, live);
      live.incrementAndGet();
      done = true;
      return opened;
    } finally {
      if (!done) {
        session.close();
      }
    }
  }

  @Override
  public ModelFile model() {
    return model;
  }

  @Override
  public TensorSpec input() {
    return input;
  }

  @Override
  public TensorSpec output() {
    return output;
  }

  @Override
  public ExecutionProvider provider() {
    return provider;
  }

  @Override
  public int maxRuns() {
    return maxRuns;
  }

  @Override
  public ModelRun openRun() {
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException(model.name() + " is closed");
      }
      if (runs == maxRuns) {
        throw new MediaException(Code.POOL_EXHAUSTED, model.name() + " has " + maxRuns + " runs");
      }
      runs++;
    }
    boolean done = false;
    try {
      ModelRun run = new OnnxRun(this, session, live);
      done = true;
      return run;
    } catch (OrtException e) {
      throw new MediaException(Code.INFERENCE_FAILED, "no buffers for " + model.name(), e);
    } finally {
      if (!done) {
        runClosed();
      }
    }
  }

  void runClosed() {
    boolean last;
    synchronized (this) {
      runs--;
      last = closed && runs == 0;
    }
    if (last) {
      free();
    }
  }

  @Override
  public void close() {
    boolean last;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      last = runs == 0;
    }
    if (last) {
      free();
    }
  }

  private void free() {
    live.decrementAndGet();
    try {
      session.close();
    } catch (OrtException e) {
      throw new MediaException(Code.INFERENCE_FAILED, "closing " + model.name(), e);
    }
  }

  private static TensorSpec only(ModelFile model, String side, Map<String, NodeInfo> tensors) {
    NodeInfo node = tensors.size() == 1 ? tensors.values().iterator().next() : null;
    if (node == null
        || !(node.getInfo() instanceof TensorInfo info)
        || Arrays.stream(info.getShape()).anyMatch(size -> size < 1 || size > 1 << 24)) {
      throw new MediaException(
          Code.UNSUPPORTED, model.name() + " needs one " + side + " of a fixed shape");
    }
    return new TensorSpec(
        node.getName(),
        type(model, info.type),
        Arrays.stream(info.getShape()).mapToObj(Math::toIntExact).toList());
  }

  private static TensorSpec.Type type(ModelFile model, OnnxJavaType type) {
    return switch (type) {
      case FLOAT -> TensorSpec.Type.FLOAT32;
      case UINT8 -> TensorSpec.Type.UINT8;
      default ->
          throw new MediaException(Code.UNSUPPORTED, model.name() + " has elements of " + type);
    };
  }
}
