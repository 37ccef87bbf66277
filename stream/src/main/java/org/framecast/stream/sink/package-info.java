/**
 * The kinds of sinks that write: a file, a playlist with its segments, a row of images. They encode
 * what a stream gives them and say where a stream's time begins; what a file looks like inside is
 * the muxer's business, behind the ports of {@code codec}.
 */
@NullMarked
package org.framecast.stream.sink;

import org.jspecify.annotations.NullMarked;
