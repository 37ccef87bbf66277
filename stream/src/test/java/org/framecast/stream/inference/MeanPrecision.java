package org.framecast.stream.inference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.framecast.stream.media.Detection;
import org.framecast.stream.source.scene.SceneClass;
import org.framecast.stream.source.scene.TruthBox;

/** Mean average precision at an overlap of one half, as models/evaluate.py defines it. */
final class MeanPrecision {
  private static final double MATCH = 0.5;

  private final List<List<TruthBox>> truth = new ArrayList<>();
  private final List<Claim> claims = new ArrayList<>();

  private record Claim(int scene, Detection found) {}

  void add(List<TruthBox> objects, List<Detection> found) {
    int scene = truth.size();
    truth.add(List.copyOf(objects));
    found.forEach(detection -> claims.add(new Claim(scene, detection)));
  }

  double mean() {
    double sum = 0;
    for (SceneClass kind : SceneClass.values()) {
      sum += average(kind);
    }
    return sum / SceneClass.values().length;
  }

  double average(SceneClass kind) {
    List<List<TruthBox>> free = new ArrayList<>();
    int wanted = 0;
    for (List<TruthBox> objects : truth) {
      List<TruthBox> mine = new ArrayList<>(objects);
      mine.removeIf(box -> box.kind() != kind);
      wanted += mine.size();
      free.add(mine);
    }
    List<Claim> sorted = new ArrayList<>(claims);
    sorted.removeIf(claim -> claim.found().classIndex() != kind.ordinal());
    sorted.sort(Comparator.comparing((Claim claim) -> -claim.found().score()));
    double[] precision = new double[sorted.size()];
    double[] recall = new double[sorted.size()];
    int right = 0;
    for (int i = 0; i < sorted.size(); i++) {
      right += takes(free.get(sorted.get(i).scene()), sorted.get(i).found()) ? 1 : 0;
      precision[i] = (double) right / (i + 1);
      recall[i] = (double) right / wanted;
    }
    return area(precision, recall);
  }

  private static boolean takes(List<TruthBox> free, Detection found) {
    TruthBox best = null;
    for (TruthBox box : free) {
      if (best == null || overlap(box, found) > overlap(best, found)) {
        best = box;
      }
    }
    boolean hit = best != null && overlap(best, found) >= MATCH;
    if (hit) {
      free.remove(best);
    }
    return hit;
  }

  private static double area(double[] precision, double[] recall) {
    double sum = 0;
    double height = 0;
    for (int i = precision.length - 1; i >= 0; i--) {
      height = Math.max(height, precision[i]);
      sum += height * (recall[i] - (i == 0 ? 0 : recall[i - 1]));
    }
    return sum;
  }

  static double overlap(TruthBox box, Detection found) {
    double wide =
        Math.min(box.x() + box.w(), found.x() + found.width()) - Math.max(box.x(), found.x());
    double high =
        Math.min(box.y() + box.h(), found.y() + found.height()) - Math.max(box.y(), found.y());
    if (wide <= 0 || high <= 0) {
      return 0;
    }
    double both = wide * high;
    return both / (box.w() * box.h() + found.width() * found.height() - both);
  }
}
