/**
 * What a request can be refused with, as values: a code, a status and a sentence for the caller.
 * Nothing here knows how a refusal travels.
 */
@NullMarked
package org.framecast.problem;

import org.jspecify.annotations.NullMarked;
