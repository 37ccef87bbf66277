/**
 * Sessions: one publisher's work each, with its tokens, its settings and its source images, from
 * {@code POST /session} until it ends. Nothing here moves media; whoever does hears of the end by
 * an event.
 */
@NullMarked
package org.framecast.session;

import org.jspecify.annotations.NullMarked;
