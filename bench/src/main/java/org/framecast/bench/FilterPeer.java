package org.framecast.bench;

import static org.bytedeco.ffmpeg.global.avfilter.AV_BUFFERSRC_FLAG_KEEP_REF;
import static org.bytedeco.ffmpeg.global.avfilter.AV_BUFFERSRC_FLAG_PUSH;
import static org.bytedeco.ffmpeg.global.avfilter.av_buffersink_get_frame;
import static org.bytedeco.ffmpeg.global.avfilter.av_buffersrc_add_frame_flags;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_alloc;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_config;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_free;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_get_filter;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_parse2;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGBA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avfilter.AVFilterInOut;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.framecast.stream.media.VideoFrame;
import org.jspecify.annotations.Nullable;

/**
 * FFmpeg's {@code overlay} filter on the frames of {@link CompositorBench}, in this process and on
 * this thread. The picture below is drawn on where it lies, as ours is: the frame that comes out is
 * the one that went in, and goes in again.
 */
final class FilterPeer implements AutoCloseable {
  private static final int ALIGNMENT = 64;

  private final AVFilterGraph graph = avfilter_graph_alloc();
  private final AVFilterContext base;
  private final List<AVFilterContext> above = new ArrayList<>();
  private final AVFilterContext sink;
  private final List<AVFrame> layers = new ArrayList<>();
  private final VideoFrame video;
  private final boolean live;
  private AVFrame passing = av_frame_alloc();
  private long count;

  /**
   * @param layers in RGBA
   * @param live whether they come anew with each picture, as RGBA; otherwise they come once, and
   *     are converted to planes with alpha before
   */
  FilterPeer(VideoFrame video, List<VideoFrame> layers, boolean live) {
    this.video = video;
    this.live = live;
    graph.nb_threads(1);
    StringBuilder text = new StringBuilder(source("base", "yuv420p")).append("[v0];");
    for (int i = 0; i < layers.size(); i++) {
      text.append(source("layer" + i, "rgba"))
          .append(live ? "" : ",format=yuva420p")
          .append("[l" + i + "];[v" + i + "][l" + i + "]overlay=format=yuv420[v" + (i + 1) + "];");
    }
    text.append("[v" + layers.size() + "]buffersink@out");
    check(
        avfilter_graph_parse2(graph, text.toString(), new AVFilterInOut(), new AVFilterInOut()),
        "parse");
    check(avfilter_graph_config(graph, null), "config");
    base = avfilter_graph_get_filter(graph, "buffer@base");
    sink = avfilter_graph_get_filter(graph, "buffersink@out");
    for (int i = 0; i < layers.size(); i++) {
      above.add(avfilter_graph_get_filter(graph, "buffer@layer" + i));
      this.layers.add(frame(AV_PIX_FMT_RGBA, layers.get(i)));
    }
    AVFrame first = frame(AV_PIX_FMT_YUV420P, video);
    passing = first;
    if (!live) {
      giveLayers();
      above.forEach(input -> check(add(input, null), "end"));
    }
  }

  private String source(String name, String format) {
    return "buffer@%s=video_size=%dx%d:pix_fmt=%s:time_base=1/25"
        .formatted(name, video.width(), video.height(), format);
  }

  private static AVFrame frame(int format, VideoFrame content) {
    AVFrame frame = av_frame_alloc();
    frame.format(format).width(content.width()).height(content.height());
    check(av_frame_get_buffer(frame, ALIGNMENT), "buffer");
    copy(content, frame);
    return frame;
  }

  private static MemorySegment plane(AVFrame frame, int index, int rows) {
    return MemorySegment.ofAddress(frame.data(index).address())
        .reinterpret((long) frame.linesize(index) * rows);
  }

  private static void copy(VideoFrame from, AVFrame to) {
    for (int p = 0; p < from.format().planes(); p++) {
      int rows = from.shape().rows(p);
      MemorySegment plane = plane(to, p, rows);
      for (int y = 0; y < rows; y++) {
        MemorySegment.copy(
            from.plane(p),
            (long) y * from.stride(p),
            plane,
            (long) y * to.linesize(p),
            from.shape().rowBytes(p));
      }
    }
  }

  private static int add(AVFilterContext input, @Nullable AVFrame frame) {
    return av_buffersrc_add_frame_flags(
        input, frame, AV_BUFFERSRC_FLAG_PUSH | (frame == null ? 0 : AV_BUFFERSRC_FLAG_KEEP_REF));
  }

  private void giveLayers() {
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).pts(count);
      check(add(above.get(i), layers.get(i)), "layer");
    }
  }

  /** Restores the picture below; not part of what is measured. */
  void restore() {
    copy(video, passing);
  }

  /** One picture through the filters. */
  void compose() {
    passing.pts(count);
    check(av_buffersrc_add_frame_flags(base, passing, AV_BUFFERSRC_FLAG_PUSH), "picture");
    if (live) {
      giveLayers();
    }
    check(av_buffersink_get_frame(sink, passing), "result");
    count++;
  }

  /** The largest and the mean difference of the result from ours, in values of 8 bits. */
  double[] differenceFrom(VideoFrame ours) {
    long sum = 0;
    long pixels = 0;
    int largest = 0;
    for (int p = 0; p < 3; p++) {
      int rows = ours.shape().rows(p);
      MemorySegment plane = plane(passing, p, rows);
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < ours.shape().rowBytes(p); x++) {
          int theirs = plane.get(ValueLayout.JAVA_BYTE, (long) y * passing.linesize(p) + x) & 0xFF;
          int own = ours.plane(p).get(ValueLayout.JAVA_BYTE, (long) y * ours.stride(p) + x) & 0xFF;
          largest = Math.max(largest, Math.abs(theirs - own));
          sum += Math.abs(theirs - own);
          pixels++;
        }
      }
    }
    return new double[] {largest, (double) sum / pixels};
  }

  private static void check(int result, String what) {
    if (result < 0) {
      throw new IllegalStateException("libavfilter: " + what + ": " + result);
    }
  }

  @Override
  public void close() {
    av_frame_free(passing);
    layers.forEach(frame -> av_frame_free(frame));
    avfilter_graph_free(graph);
  }
}
