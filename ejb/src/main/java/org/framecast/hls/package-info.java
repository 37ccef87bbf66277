/**
 * Live streams as HLS: one sink more in a stream, there while somebody asks for what it makes, and
 * the requests that wait for what it makes next.
 */
@NullMarked
package org.framecast.hls;

import org.jspecify.annotations.NullMarked;
