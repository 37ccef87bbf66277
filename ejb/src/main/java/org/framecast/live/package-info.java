/**
 * Live streams: what a session or the configuration publishes, from arriving bytes to encoded
 * access units. A live stream owns its threads, queues, encoders and pools and frees them all when
 * its publisher goes.
 */
@NullMarked
package org.framecast.live;

import org.jspecify.annotations.NullMarked;
