package org.framecast.session;

import org.framecast.stream.media.StillImage;

/**
 * An uploaded image that layers may use.
 *
 * @param width of the file, in pixels
 * @param height of the file, in pixels
 * @param image the decoded picture, scaled down where the file is larger than a layer can use
 */
public record SourceImage(String id, int width, int height, String mediaType, StillImage image) {}
