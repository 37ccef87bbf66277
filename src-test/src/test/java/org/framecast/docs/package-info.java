/**
 * Tests that hold the documents against the repository: the mission's table, links, notices, and
 * what no file may name.
 */
@NullMarked
package org.framecast.docs;

import org.jspecify.annotations.NullMarked;
