"""Reads rendered scenes from the product's own renderer, which runs as a child process."""

import os
import pathlib
import struct
import subprocess

import numpy as np

LABELS = ["circle", "square", "triangle", "star", "face"]
MAGIC = 0x31534346
FEED = "org.framecast.stream.source.scene.SceneFeed"
ROOT = pathlib.Path(__file__).resolve().parent.parent
CLASSES = ROOT / "stream" / "target" / "classes"


def java():
    home = os.environ.get("JAVA_HOME")
    return str(pathlib.Path(home, "bin", "java")) if home else "java"


class Scenes:
    """Scenes of one seed, in order of their index: pairs of a BGR picture and an n x 5 array of truth boxes."""

    def __init__(self, size, seed, first, count, classes=CLASSES):
        command = [java(), "-Djava.awt.headless=true", "-XX:+UseSerialGC", "-Xmx256m"]
        command += ["-cp", str(classes), FEED, str(size), str(seed), str(first), str(count)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, bufsize=1 << 20)

    def __iter__(self):
        return self

    def __next__(self):
        header = self.process.stdout.read(16)
        if len(header) < 16:
            self.close()
            raise StopIteration
        magic, width, height, boxes = struct.unpack("<4i", header)
        if magic != MAGIC:
            raise ValueError("the feed is out of step")
        picture = np.frombuffer(self.process.stdout.read(width * height * 3), np.uint8)
        truth = np.frombuffer(self.process.stdout.read(boxes * 20), "<f4").reshape(boxes, 5)
        return picture.reshape(height, width, 3), truth

    def close(self):
        self.process.stdout.close()
        self.process.terminate()
        self.process.wait()
