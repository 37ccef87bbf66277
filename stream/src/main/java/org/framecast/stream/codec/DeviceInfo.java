package org.framecast.stream.codec;

/**
 * A device that can be opened.
 *
 * @param format how it is reached: v4l2, x11grab, alsa and the like
 * @param id by which it is opened
 * @param title by which one knows it
 */
public record DeviceInfo(DeviceKind kind, String format, String id, String title) {}
