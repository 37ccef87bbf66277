package org.framecast.stream.pipeline;

/** Where image mode delivers and reports; one for each session. */
public record ImageOutputs(ImageSink sink, StageStatistics statistics) {}
