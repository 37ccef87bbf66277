/**
 * Benchmarks: each is a program that measures a figure and its peer in the same run, prints both
 * and a verdict, and exits with 1 when the figure misses its goal.
 */
@NullMarked
package org.framecast.bench;

import org.jspecify.annotations.NullMarked;
