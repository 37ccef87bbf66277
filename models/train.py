"""Trains the detector on rendered scenes on the CPU for a given time and exports it to ONNX.

    python models/train.py --minutes 36 --out models/detector/detector-320.onnx

The renderer's classes must be compiled first (mvn -pl stream -am compile). A checkpoint is kept in models/work.
"""

import argparse
import copy
import math
import pathlib
import queue
import threading
import time

import numpy as np
import torch
import torch.nn.functional as functional

import export
import scenes
from network import Detector

TOP = 9
MOST_BOXES = 8


def batches(size, seed, batch, classes_dir, first):
    """Batches of pictures and padded truth (class -1 where there is none), read ahead by a thread."""
    feed = scenes.Scenes(size, seed, first, 1 << 40, classes_dir)
    ready = queue.Queue(maxsize=6)

    def read():
        try:
            while True:
                pictures = np.empty((batch, size, size, 3), np.uint8)
                truth = np.full((batch, MOST_BOXES, 5), -1, np.float32)
                for i in range(batch):
                    picture, boxes = next(feed)
                    pictures[i] = picture
                    truth[i, : len(boxes)] = boxes
                ready.put((pictures, truth))
        except BaseException as failure:  # the trainer must not wait for a reader that died
            ready.put(failure)

    threading.Thread(target=read, daemon=True).start()
    while True:
        item = ready.get()
        if isinstance(item, BaseException):
            raise RuntimeError("the renderer stopped: is JAVA_HOME a JDK 25, are the classes compiled?") from item
        pictures, truth = item
        tensor = torch.from_numpy(pictures).permute(0, 3, 1, 2)[:, [2, 1, 0]]
        yield tensor.float().div_(255).contiguous(memory_format=torch.channels_last), torch.from_numpy(truth)


def overlaps(a, b):
    """IoU and generalised IoU of corner boxes."""
    low = torch.maximum(a[..., :2], b[..., :2])
    high = torch.minimum(a[..., 2:], b[..., 2:])
    shared = (high - low).clamp(min=0).prod(-1)
    union = (a[..., 2:] - a[..., :2]).prod(-1) + (b[..., 2:] - b[..., :2]).prod(-1) - shared + 1e-6
    around = (torch.maximum(a[..., 2:], b[..., 2:]) - torch.minimum(a[..., :2], b[..., :2])).prod(-1) + 1e-6
    iou = shared / union
    return iou, iou - (around - union) / around


@torch.no_grad()
def assign(scores, boxes, centres, truth):
    """For each anchor the index of its object (or -1) and the quality that its score should have."""
    kinds = truth[..., 0].long()
    corners = torch.cat((truth[..., 1:3], truth[..., 1:3] + truth[..., 3:5]), -1)
    real = kinds >= 0
    inside = (centres[None, None] > corners[:, :, None, :2]).all(-1)
    inside &= (centres[None, None] < corners[:, :, None, 2:]).all(-1)
    inside &= real[:, :, None]
    iou, _ = overlaps(corners[:, :, None], boxes[:, None])
    picked = scores.transpose(1, 2).gather(1, kinds.clamp(min=0)[:, :, None].expand(-1, -1, scores.shape[1]))
    metric = (picked + 1e-4).sqrt() * (iou.pow(3) + 1e-7) * inside
    best = metric.topk(TOP, -1)
    chosen = torch.zeros_like(metric).scatter_(-1, best.indices, (best.values > 0).float())
    claim = torch.where(chosen > 0, iou + 1e-6, torch.zeros_like(iou))
    value, owner = claim.max(1)
    owner = torch.where(value > 0, owner, -1)
    mine = torch.nn.functional.one_hot(owner.clamp(min=0), MOST_BOXES).transpose(1, 2) * (owner >= 0)[:, None]
    metric = metric * mine
    peak = metric.amax(-1, keepdim=True)
    quality = metric / (peak + 1e-12) * (iou * mine).amax(-1, keepdim=True)
    return owner, quality.amax(1), kinds, corners


def loss_of(model, pictures, truth):
    distances, logits = model(pictures)
    boxes = model.boxes(distances)
    logits = logits.transpose(1, 2)
    scores = logits.sigmoid()
    owner, quality, kinds, corners = assign(scores.detach(), boxes.detach(), model.centres, truth)
    hit = owner >= 0
    target = torch.zeros_like(scores)
    kind = kinds.gather(1, owner.clamp(min=0))
    target[hit] = functional.one_hot(kind[hit], model.classes).float() * quality[hit][:, None]
    total = quality.sum().clamp(min=1)
    plain = functional.binary_cross_entropy_with_logits(logits, target, reduction="none")
    score_loss = ((target - scores).detach().abs().pow(2) * plain).sum() / total
    wanted = corners.gather(1, owner.clamp(min=0)[..., None].expand(-1, -1, 4))[hit]
    _, generalised = overlaps(boxes[hit], wanted)
    box_loss = ((1 - generalised) * quality[hit]).sum() / total
    return score_loss, box_loss


def train(options):
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    model = Detector(len(scenes.LABELS), options.size).to(memory_format=torch.channels_last).train()
    print("parameters", sum(p.numel() for p in model.parameters()), flush=True)
    work = pathlib.Path(options.work)
    work.mkdir(parents=True, exist_ok=True)
    if options.resume:
        model.load_state_dict(torch.load(work / "checkpoint.pt"))
    mean = copy.deepcopy(model).eval()
    decayed = [p for p in model.parameters() if p.dim() > 1]
    free = [p for p in model.parameters() if p.dim() <= 1]
    groups = [{"params": decayed, "weight_decay": 0.02}, {"params": free, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=options.rate)
    start = last_save = time.monotonic()
    exported_early = options.early <= 0
    sums, step = np.zeros(2), 0
    for pictures, truth in batches(options.size, options.seed, options.batch, options.classes, options.first):
        minutes = (time.monotonic() - start) / 60
        done = minutes / options.minutes
        if done >= 1:
            break
        rate = options.rate * min(1, (step + 1) / 200) * (0.02 + 0.98 * (1 + math.cos(math.pi * done)) / 2)
        for group in optimizer.param_groups:
            group["lr"] = rate
        score_loss, box_loss = loss_of(model, pictures, truth)
        optimizer.zero_grad(set_to_none=True)
        (score_loss + 2 * box_loss).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 10)
        optimizer.step()
        keep = min(0.998, (step + 1) / (step + 10))
        with torch.no_grad():
            for old, new in zip(mean.state_dict().values(), model.state_dict().values()):
                old.lerp_(new, 1 - keep) if old.is_floating_point() else old.copy_(new)
        sums += (score_loss.item(), box_loss.item())
        step += 1
        if step % 100 == 0:
            speed = step * options.batch / (minutes * 60 + 1e-9)
            print(f"{minutes:5.1f} min step {step} score {sums[0] / 100:.3f} box {sums[1] / 100:.3f} {speed:.0f}/s", flush=True)
            sums[:] = 0
        if time.monotonic() - last_save > 90:
            torch.save(mean.state_dict(), work / "checkpoint.pt")
            last_save = time.monotonic()
        if not exported_early and minutes > options.early:
            export.export(mean, work / "early.onnx")
            exported_early = True
    torch.save(mean.state_dict(), work / "checkpoint.pt")
    export.export(mean, pathlib.Path(options.out))
    print("exported", options.out, "after", step * options.batch, "scenes", flush=True)


def main():
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=36)
    parser.add_argument("--early", type=float, default=0, help="also export after so many minutes")
    parser.add_argument("--size", type=int, default=320)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="index of the first scene")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--classes", default=scenes.CLASSES, help="where the renderer's classes are")
    parser.add_argument("--work", default=here / "work")
    parser.add_argument("--out", default=here / "work" / "detector-320.onnx")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
