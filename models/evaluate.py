"""Measures a detector on held-out scenes: mAP50, and frames per second on one core.

    python models/evaluate.py models/detector/detector-320.onnx --record

With --record it writes quality.json beside the model and the model's entry in models/manifest.json.
The quality file names the seed, the number of scenes and the hash of their bytes, so that another evaluator can
prove that it looked at the same pictures.
"""

import argparse
import datetime
import hashlib
import json
import pathlib
import time

import numpy as np
import onnxruntime

import scenes

LEAST_SCORE = 0.01
OVERLAP = 0.6
MOST_FOUND = 100
MATCH = 0.5


def open_session(path):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def tensor_of(picture):
    rgb = picture[:, :, ::-1].transpose(2, 0, 1)
    return np.ascontiguousarray(rgb, np.float32)[None] / np.float32(255)


def iou(box, others):
    low = np.maximum(box[:2], others[:, :2])
    high = np.minimum(box[2:], others[:, 2:])
    shared = np.clip(high - low, 0, None).prod(1)
    area = lambda b: (b[..., 2:] - b[..., :2]).prod(-1)
    return shared / (area(box) + area(others) - shared + 1e-9)


def decode(output, least_score=LEAST_SCORE):
    """The detections of one picture: rows of class, score and corners, best first, after suppression per class."""
    table = output[0].T
    kinds = table[:, 4:].argmax(1)
    scores = table[:, 4:].max(1)
    keep = scores >= least_score
    half = table[keep, 2:4] / 2
    corners = np.concatenate((table[keep, :2] - half, table[keep, :2] + half), 1)
    kinds, scores = kinds[keep], scores[keep]
    order = np.argsort(-scores, kind="stable")
    found = []
    while len(order) and len(found) < MOST_FOUND:
        best, order = order[0], order[1:]
        found.append((kinds[best], scores[best], *corners[best]))
        same = (kinds[order] == kinds[best]) & (iou(corners[best], corners[order]) > OVERLAP)
        order = order[~same]
    return found


def average_precision(hits, truths):
    """The area under the precision-recall curve, precision made monotone."""
    if not truths:
        return None
    right = np.cumsum(hits)
    precision = right / np.arange(1, len(hits) + 1)
    recall = right / truths
    precision = np.maximum.accumulate(precision[::-1])[::-1]
    return float(np.sum(np.diff(np.concatenate(([0.0], recall))) * precision))


def precisions(results, truth):
    """AP at IoU 0.5 for each class. A detection takes the best free object of its class that it overlaps enough."""
    answer = []
    for kind in range(len(scenes.LABELS)):
        wanted = []
        for boxes in truth:
            mine = boxes[boxes[:, 0] == kind][:, 1:]
            wanted.append(np.concatenate((mine[:, :2], mine[:, :2] + mine[:, 2:]), 1))
        claims = [(f[1], i, f[2:]) for i, found in enumerate(results) for f in found if f[0] == kind]
        claims.sort(key=lambda c: -c[0])
        free = [np.ones(len(w), bool) for w in wanted]
        hits = []
        for _, scene, corners in claims:
            overlap = iou(np.array(corners), wanted[scene]) * free[scene] if len(wanted[scene]) else np.zeros(0)
            best = int(overlap.argmax()) if len(overlap) else -1
            hit = best >= 0 and overlap[best] >= MATCH
            if hit:
                free[scene][best] = False
            hits.append(hit)
        answer.append(average_precision(np.array(hits, float), sum(len(w) for w in wanted)))
    return answer


def measure(path, size, seed, count, classes):
    session = open_session(path)
    digest, results, truth = hashlib.sha256(), [], []
    for picture, boxes in scenes.Scenes(size, seed, 0, count, classes):
        digest.update(picture.tobytes())
        results.append(decode(session.run(None, {"images": tensor_of(picture)})[0]))
        truth.append(boxes)
    by_class = precisions(results, truth)
    return {
        "seed": seed,
        "scenes": count,
        "objects": sum(len(t) for t in truth),
        "scenesSha256": digest.hexdigest(),
        "map50": round(float(np.mean(by_class)), 4),
        "ap50": {label: round(ap, 4) for label, ap in zip(scenes.LABELS, by_class)},
    }


def frames_per_second(path, size, rounds=7, frames=40):
    """The median of several short rounds, one thread, the network alone."""
    session = open_session(path)
    tensor = np.random.default_rng(1).random((1, 3, size, size), np.float32)
    speeds = []
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(frames):
            session.run(None, {"images": tensor})
        speeds.append(frames / (time.perf_counter() - start))
    return round(float(np.median(speeds)), 1)


def record(path, size, figures):
    """Writes the figures beside the model and describes the model in the manifest."""
    (path.parent / "quality.json").write_text(json.dumps(figures, indent=2) + "\n")
    folder = pathlib.Path(__file__).resolve().parent
    data = path.read_bytes()
    entry = {
        "name": path.stem,
        "file": path.resolve().relative_to(folder).as_posix(),
        "sha256": hashlib.sha256(data).hexdigest(),
        "bytes": len(data),
        "kind": "detector-yolov8",
        "input": {"name": "images", "shape": [1, 3, size, size], "type": "float32", "order": "RGB", "range": [0, 1]},
        "output": {"name": "output0", "layout": "1 x (4 + classes) x anchors, xywh in input pixels, then scores"},
        "labels": scenes.LABELS,
        "quality": figures,
        "measured": datetime.date.today().isoformat(),
    }
    file = folder / "manifest.json"
    models = json.loads(file.read_text())["models"] if file.exists() else []
    models = [m for m in models if m["name"] != entry["name"]] + [entry]
    file.write_text(json.dumps({"models": models}, indent=2) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("--size", type=int, default=320)
    parser.add_argument("--seed", type=int, default=20_260_001, help="a seed that was never trained on")
    parser.add_argument("--scenes", type=int, default=500)
    parser.add_argument("--record", action="store_true", help="write quality.json and the manifest's entry")
    parser.add_argument("--classes", default=scenes.CLASSES)
    options = parser.parse_args()
    figures = measure(options.model, options.size, options.seed, options.scenes, options.classes)
    figures["framesPerSecondOneCore"] = frames_per_second(options.model, options.size)
    print(json.dumps(figures, indent=2))
    if options.record:
        record(pathlib.Path(options.model), options.size, figures)


if __name__ == "__main__":
    main()
