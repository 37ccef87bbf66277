package org.framecast.web.brokenrule;

/** A class of the edge. */
public final class Page {}
