// Worker: draws one picture at the wanted size, encodes it as JPEG, and gives back a message with its channel byte in front.

const canvases = [];

self.onmessage = async ({ data: { id, takenAt, picture, width, height, quality, channel } }) => {
  const canvas = canvases.pop() ?? new OffscreenCanvas(width, height);
  try {
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    canvas.getContext('2d', { alpha: false, willReadFrequently: true }).drawImage(picture, 0, 0, width, height);
    picture.close();
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
    const message = new Uint8Array(1 + blob.size);
    message[0] = channel;
    message.set(new Uint8Array(await blob.arrayBuffer()), 1);
    self.postMessage({ id, takenAt, message: message.buffer, width, height }, [message.buffer]);
  } catch (error) {
    self.postMessage({ id, error: String(error) });
  } finally {
    canvases.push(canvas);
  }
};
