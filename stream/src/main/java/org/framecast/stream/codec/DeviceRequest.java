package org.framecast.stream.codec;

/**
 * Which device is wanted, and what of it.
 *
 * @param format how it is reached; empty for this machine's usual way
 * @param device its id; empty for the first, or the default one
 */
public record DeviceRequest(DeviceKind kind, String format, String device, CaptureShape shape) {}
