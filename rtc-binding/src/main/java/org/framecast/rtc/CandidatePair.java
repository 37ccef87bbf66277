package org.framecast.rtc;

/** The path that media takes: the two candidates that ICE selected, as SDP attributes. */
public record CandidatePair(String local, String remote) {}
