package org.example.framecast;

/** An {@link InvertLayerProvider} has nothing to be told. */
public record InvertOptions() {}
