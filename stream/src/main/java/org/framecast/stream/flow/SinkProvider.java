package org.framecast.stream.flow;

/**
 * A kind of {@link StreamSink}.
 *
 * @param <O> its options
 */
public interface SinkProvider<O extends Record> extends ComponentProvider<StreamSink, O> {}
