/**
 * The codec ports by FFmpeg: the only user of {@code org.bytedeco}. Named by no other class; {@code
 * ServiceLoader} finds {@link org.framecast.stream.codec.ffmpeg.FfmpegCodecs}.
 */
@NullMarked
package org.framecast.stream.codec.ffmpeg;

import org.jspecify.annotations.NullMarked;
