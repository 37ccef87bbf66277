/**
 * Reading JSON text: manifests of models and documents of streams. The library needs no more of it,
 * and so no other library for it.
 */
@NullMarked
package org.framecast.stream.json;

import org.jspecify.annotations.NullMarked;
