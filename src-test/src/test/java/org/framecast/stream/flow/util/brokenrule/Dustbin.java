package org.framecast.stream.flow.util.brokenrule;

/** There is no package for everything. */
public final class Dustbin {}
