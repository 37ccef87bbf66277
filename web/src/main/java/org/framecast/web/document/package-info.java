/** The edge of streams that are made from documents: parse, check who asks, hand on. */
@NullMarked
package org.framecast.web.document;

import org.jspecify.annotations.NullMarked;
