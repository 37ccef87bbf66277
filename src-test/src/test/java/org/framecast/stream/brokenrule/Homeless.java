package org.framecast.stream.brokenrule;

/** The library has no such package. */
public final class Homeless {}
