/**
 * The values that flow through a stream: frames, blocks of PCM, access units, and the off-heap
 * pools that they come from. Nothing here knows a codec, a socket or another package.
 */
@NullMarked
package org.framecast.stream.media;

import org.jspecify.annotations.NullMarked;
