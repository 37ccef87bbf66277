/**
 * The edge of HLS: playlists, segments and parts of live streams. Thin: it reads how far a playlist
 * shall go and hands the rest to {@code org.framecast.hls}.
 *
 * <p><b>Source:</b> draft-pantos-hls-rfc8216bis
 */
@NullMarked
package org.framecast.web.hls;

import org.jspecify.annotations.NullMarked;
