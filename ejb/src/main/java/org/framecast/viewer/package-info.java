/**
 * Viewers: who watches which stream, by which WHEP session, and until when. Their peer connections
 * belong to the stream library; here are their secrets, owners and limits.
 */
@NullMarked
package org.framecast.viewer;

import org.jspecify.annotations.NullMarked;
