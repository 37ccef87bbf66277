/**
 * The adapter to ONNX Runtime: the only user of {@code ai.onnxruntime}. Found by {@code
 * ServiceLoader}; no other main class names it.
 */
@NullMarked
package org.framecast.stream.inference.onnx;

import org.jspecify.annotations.NullMarked;
