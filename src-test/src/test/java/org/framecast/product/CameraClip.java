package org.framecast.product;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.framecast.stream.source.scene.MovingScene;
import org.framecast.stream.source.scene.SceneClass;
import org.framecast.stream.source.scene.SceneClip;

/**
 * A clip for a browser's fake camera: the moving scene, each picture numbered.
 *
 * @param video MJPEG, played at 30 frames a second in a loop
 * @param truth JSON: what is in each picture
 */
record CameraClip(Path video, Path truth) {
  static final int WIDTH = 640;
  static final int HEIGHT = 360;
  private static final int FRAMES = 240;
  private static final String[] COLOURS = {
    "46,204,113", "255,82,82", "64,169,255", "255,197,61", "179,127,235"
  };

  static CameraClip render(Path folder) throws IOException {
    Path video = folder.resolve("camera.mjpeg");
    SceneClip.write(video, new MovingScene(WIDTH, HEIGHT, 11, FRAMES));
    return new CameraClip(video, Path.of(video + ".json"));
  }

  /**
   * The colour of each class's box, as the boxes layer draws it and the browser scripts take it.
   */
  static String palette() {
    return Arrays.stream(SceneClass.values())
        .map(kind -> kind.label() + ":" + COLOURS[kind.ordinal()])
        .collect(Collectors.joining(";"));
  }
}
