package org.framecast.stream.flow;

/**
 * A kind of {@link AudioLayer}.
 *
 * @param <O> its options
 */
public interface AudioLayerProvider<O extends Record> extends ComponentProvider<AudioLayer, O> {}
