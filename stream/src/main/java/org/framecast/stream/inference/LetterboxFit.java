package org.framecast.stream.inference;

/**
 * How a picture lies in a model's input: scaled to fit, in the middle, grey around it.
 *
 * @param scale input pixels for one picture pixel
 * @param left first column of the picture in the input
 * @param top first row of the picture in the input
 * @param width columns of the picture in the input
 * @param height rows of the picture in the input
 */
record LetterboxFit(float scale, int left, int top, int width, int height) {

  static LetterboxFit of(int frameWidth, int frameHeight, int inputWidth, int inputHeight) {
    float scale = Math.min((float) inputWidth / frameWidth, (float) inputHeight / frameHeight);
    int width = Math.clamp(Math.round(frameWidth * scale), 1, inputWidth);
    int height = Math.clamp(Math.round(frameHeight * scale), 1, inputHeight);
    return new LetterboxFit(
        scale, (inputWidth - width) / 2, (inputHeight - height) / 2, width, height);
  }
}
