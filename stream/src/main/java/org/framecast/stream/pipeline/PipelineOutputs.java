package org.framecast.stream.pipeline;

import org.framecast.stream.flow.AccessUnitSink;
import org.framecast.stream.flow.RenditionSink;

/**
 * Where a live pipeline delivers and reports; one for each stream.
 *
 * @param video called by the thread of each rendition's encoder
 * @param audio called by the audio loop's thread
 */
public record PipelineOutputs(
    RenditionSink video,
    AccessUnitSink audio,
    PipelineListener listener,
    StageStatistics statistics) {}
