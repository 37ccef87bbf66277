package org.framecast.stream.inference;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.framecast.stream.media.Detection;
import org.framecast.stream.media.MediaException;

/**
 * Turns a detector's output into detections: the best class of each anchor, then suppression of
 * overlapping boxes for each class.
 *
 * <p><b>Thread:</b> one at a time. Only the detections themselves are allocated.
 *
 * <p><b>Units and shapes:</b> {@code 1 x (4 + classes) x anchors}: centre x, centre y, width and
 * height in input pixels, then a score from 0 to 1 for each class.
 */
final class YoloDecoder {
  private static final int BOX = 4;

  private final List<String> labels;
  private final int anchors;
  private final float[] table;
  private final float[] best;
  private final int[] kind;
  private final long[] order;
  private final int[] kept;

  YoloDecoder(List<String> labels, int anchors) {
    this.labels = labels;
    this.anchors = anchors;
    this.table = new float[(BOX + labels.size()) * anchors];
    this.best = new float[anchors];
    this.kind = new int[anchors];
    this.order = new long[anchors];
    this.kept = new int[anchors];
  }

  /** Reads the output of a run on a picture of the given size that lay in the input as said. */
  List<Detection> decode(
      MemorySegment output, LetterboxFit fit, int width, int height, DetectionSettings settings) {
    read(output);
    Arrays.fill(best, -1f);
    for (int c = 0; c < labels.size(); c++) {
      if (counts(c, settings)) {
        consider(c);
      }
    }
    List<Detection> found = new ArrayList<>();
    keep(found, fit, width, height, settings);
    return found;
  }

  /**
   * As {@link #decode}, but each class is judged for itself: an anchor counts for every class that
   * it scores enough in, not for its best one alone.
   */
  List<Detection> decodeEachClass(
      MemorySegment output, LetterboxFit fit, int width, int height, DetectionSettings settings) {
    read(output);
    List<Detection> found = new ArrayList<>();
    for (int c = 0; c < labels.size(); c++) {
      if (counts(c, settings)) {
        Arrays.fill(best, -1f);
        consider(c);
        keep(found, fit, width, height, settings);
      }
    }
    return found;
  }

  private void read(MemorySegment output) {
    MemorySegment.copy(output, ValueLayout.JAVA_FLOAT, 0, table, 0, table.length);
  }

  private boolean counts(int c, DetectionSettings settings) {
    return settings.labels().isEmpty() || settings.labels().contains(labels.get(c));
  }

  private void consider(int c) {
    int row = (BOX + c) * anchors;
    for (int i = 0; i < anchors; i++) {
      float score = table[row + i];
      if (Float.isNaN(score)) {
        throw new MediaException(
            MediaException.Code.INFERENCE_FAILED, "the model's scores are no numbers");
      }
      if (score > best[i]) {
        best[i] = score;
        kind[i] = c;
      }
    }
  }

  /** Adds the best that stand, until the list has as many as are allowed. */
  private void keep(
      List<Detection> found, LetterboxFit fit, int width, int height, DetectionSettings settings) {
    int candidates = sortCandidates(settings.minScore());
    int count =
        suppress(candidates, settings.maxOverlap(), settings.maxDetections() - found.size());
    for (int i = 0; i < count; i++) {
      found.add(detection(kept[i], fit, width, height));
    }
  }

  /** Best first; of equal scores the earlier anchor. Scores are positive, so their bits sort. */
  private int sortCandidates(float minScore) {
    int count = 0;
    for (int i = 0; i < anchors; i++) {
      if (best[i] >= minScore) {
        order[count++] = (long) ~Float.floatToRawIntBits(best[i]) << 32 | i;
      }
    }
    Arrays.sort(order, 0, count);
    return count;
  }

  private int suppress(int candidates, float maxOverlap, int most) {
    int count = 0;
    for (int i = 0; i < candidates && count < most; i++) {
      int candidate = (int) order[i];
      if (stands(candidate, count, maxOverlap)) {
        kept[count++] = candidate;
      }
    }
    return count;
  }

  private boolean stands(int candidate, int count, float maxOverlap) {
    for (int i = 0; i < count; i++) {
      int other = kept[i];
      if (kind[other] == kind[candidate] && overlap(other, candidate) > maxOverlap) {
        return false;
      }
    }
    return true;
  }

  private float overlap(int a, int b) {
    float wide = shared(a, b, 0);
    float high = shared(a, b, 1);
    if (wide <= 0 || high <= 0) {
      return 0;
    }
    float both = wide * high;
    return both / (size(a, 0) * size(a, 1) + size(b, 0) * size(b, 1) - both);
  }

  private float shared(int a, int b, int axis) {
    float low = Math.max(centre(a, axis) - size(a, axis) / 2, centre(b, axis) - size(b, axis) / 2);
    float high = Math.min(centre(a, axis) + size(a, axis) / 2, centre(b, axis) + size(b, axis) / 2);
    return high - low;
  }

  private float centre(int anchor, int axis) {
    return table[axis * anchors + anchor];
  }

  private float size(int anchor, int axis) {
    return table[(2 + axis) * anchors + anchor];
  }

  private Detection detection(int anchor, LetterboxFit fit, int width, int height) {
    float left = inFrame(centre(anchor, 0) - size(anchor, 0) / 2 - fit.left(), fit, width);
    float right = inFrame(centre(anchor, 0) + size(anchor, 0) / 2 - fit.left(), fit, width);
    float top = inFrame(centre(anchor, 1) - size(anchor, 1) / 2 - fit.top(), fit, height);
    float bottom = inFrame(centre(anchor, 1) + size(anchor, 1) / 2 - fit.top(), fit, height);
    int c = kind[anchor];
    return new Detection(labels.get(c), c, best[anchor], left, top, right - left, bottom - top);
  }

  private static float inFrame(float position, LetterboxFit fit, int limit) {
    return Math.clamp(position / fit.scale(), 0f, (float) limit);
  }
}
