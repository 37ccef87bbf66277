/** The kinds of layers on sound: what amplifies, mixes, measures and listens. */
@NullMarked
package org.framecast.stream.layer.sound;

import org.jspecify.annotations.NullMarked;
