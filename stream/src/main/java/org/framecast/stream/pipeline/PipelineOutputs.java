package org.framecast.stream.pipeline;

import org.framecast.stream.flow.AccessUnitSink;

/**
 * Where a live pipeline delivers and reports; one for each stream.
 *
 * @param video called by the encode loop's thread
 * @param audio called by the audio loop's thread
 */
public record PipelineOutputs(
    AccessUnitSink video,
    AccessUnitSink audio,
    PipelineListener listener,
    StageStatistics statistics) {}
