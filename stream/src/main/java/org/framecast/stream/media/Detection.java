package org.framecast.stream.media;

/**
 * One thing found in a picture. Edges and sides are in pixels of the frame.
 *
 * @param label the model's name for it
 * @param classIndex the model's index of the label
 * @param score 0 to 1
 * @param x left edge
 * @param y upper edge
 */
public record Detection(
    String label, int classIndex, float score, float x, float y, float width, float height) {}
