package org.framecast.stream.codec.ffmpeg;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.framecast.stream.codec.Container;
import org.framecast.stream.codec.Muxer;
import org.framecast.stream.codec.MuxerSettings;
import org.framecast.stream.codec.MuxerTarget;
import org.framecast.stream.codec.TrackUnit;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.media.MediaException;

/** MP4, Matroska and WebM by libavformat. */
final class FfmpegMuxer implements Muxer {
  private enum State {
    OPEN,
    FINISHED,
    CLOSED
  }

  private static final String MP4_FLAGS =
      "hybrid_fragmented+empty_moov+frag_custom+default_base_moof";
  private static final String FMP4_FLAGS = "frag_custom+delay_moov+default_base_moof";
  private static final String CMAF_FLAGS = FMP4_FLAGS + "+cmaf+skip_trailer";
  private static final String CLUSTER_MILLIS = "1000";

  private final Container container;
  private final AVFormatContext context;
  private final MuxerOutput output;
  private final MuxedTrack[] tracks;
  private State state = State.OPEN;
  private boolean headerDue;

  FfmpegMuxer(MuxerSettings settings, MuxerTarget target) {
    container = settings.container();
    headerDue = container == Container.FMP4 || container == Container.CMAF;
    context = allocate(container);
    Ffmpeg.opened();
    tracks = new MuxedTrack[settings.tracks().size()];
    boolean done = false;
    try {
      for (int i = 0; i < tracks.length; i++) {
        AVStream stream =
            Ffmpeg.allocated(avformat.avformat_new_stream(context, null), "stream of a file");
        tracks[i] = new MuxedTrack(stream, i, settings.tracks().get(i));
      }
      for (Map.Entry<String, String> entry : settings.metadata().entrySet()) {
        setMetadata(entry);
      }
      output = MuxerOutput.open(context, target);
      done = true;
    } finally {
      if (!done) {
        release();
      }
    }
    done = false;
    try {
      writeHeader();
      done = true;
    } finally {
      if (!done) {
        close();
      }
    }
  }

  private static AVFormatContext allocate(Container container) {
    AVFormatContext context = new AVFormatContext(null);
    int result =
        avformat.avformat_alloc_output_context2(
            context, (AVOutputFormat) null, formatName(container), null);
    if (result < 0 || context.isNull()) {
      throw new MediaException(
          MediaException.Code.UNSUPPORTED, "FFmpeg here writes no " + container);
    }
    return context;
  }

  private static String formatName(Container container) {
    return switch (container) {
      case MP4, FMP4, CMAF -> "mp4";
      case MKV -> "matroska";
      case WEBM -> "webm";
    };
  }

  private void setMetadata(Map.Entry<String, String> entry) {
    AVDictionary metadata = new AVDictionary(context.metadata());
    Ffmpeg.check(avutil.av_dict_set(metadata, entry.getKey(), entry.getValue(), 0), "metadata");
    context.metadata(metadata);
  }

  private void writeHeader() {
    AVDictionary options = new AVDictionary(null);
    try {
      switch (container) {
        case MP4 -> {
          avutil.av_dict_set(options, "movflags", MP4_FLAGS, 0);
          // Without it all tracks are moved by the priming of the sound.
          avutil.av_dict_set(options, "use_editlist", "1", 0);
        }
        case FMP4 -> avutil.av_dict_set(options, "movflags", FMP4_FLAGS, 0);
        case CMAF -> avutil.av_dict_set(options, "movflags", CMAF_FLAGS, 0);
        case MKV, WEBM -> avutil.av_dict_set(options, "cluster_time_limit", CLUSTER_MILLIS, 0);
      }
      check(avformat.avformat_write_header(context, options), "begin");
      if (avutil.av_dict_count(options) > 0) {
        throw new IllegalStateException(container + " does not know all of its options");
      }
    } finally {
      avutil.av_dict_free(options);
    }
    for (MuxedTrack track : tracks) {
      track.begin();
    }
  }

  @Override
  public void write(int track, TrackUnit unit) {
    require();
    check(avformat.av_write_frame(context, tracks[track].packet(unit)), "write");
  }

  @Override
  public void flush() {
    require();
    if (headerDue) {
      // The first flush of a file of fragments writes what the fragments have in common.
      headerDue = false;
      flushOnce();
    }
    flushOnce();
  }

  private void flushOnce() {
    check(avformat.av_write_frame(context, null), "flush");
    output.flush();
  }

  @Override
  public void finish() {
    require();
    state = State.FINISHED;
    check(avformat.av_write_trailer(context), "finish");
    output.flush();
  }

  private int check(int result, String what) {
    if (result < 0) {
      throw new MediaException(
          MediaException.Code.SINK_FAILED, what + " " + container + ": " + Ffmpeg.text(result));
    }
    return result;
  }

  private void require() {
    if (state != State.OPEN) {
      throw new IllegalStateException("muxer is " + state);
    }
  }

  @Override
  public void close() {
    if (state == State.CLOSED) {
      return;
    }
    state = State.CLOSED;
    try {
      output.close();
    } finally {
      release();
    }
  }

  private void release() {
    Closing.closeAll(Arrays.stream(tracks).filter(Objects::nonNull).toList());
    avformat.avformat_free_context(context);
    Ffmpeg.closed();
  }
}
