package org.framecast.stream.flow;

import org.framecast.stream.media.AudioFrame;

/**
 * One step on sound: amplifies, mixes, measures, listens.
 *
 * <p><b>Thread:</b> one at a time. A layer belongs to one stream and may remember what came before.
 *
 * <p><b>Ownership:</b> the block is lent for the call and its samples may be changed.
 *
 * <p><b>Throws:</b> whatever it throws costs this block, which is dropped and counted.
 */
public interface AudioLayer extends AutoCloseable {
  /** The name of its kind, as in the registry. */
  String name();

  void process(AudioFrame block);

  /** Idempotent. */
  @Override
  default void close() {}
}
