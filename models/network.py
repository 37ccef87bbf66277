"""The detector's network: a small convolutional backbone, a feature pyramid, and heads for three strides."""

import copy

import torch
import torch.nn.functional as functional
from torch import nn

STRIDES = (8, 16, 32)


class Conv(nn.Module):
    def __init__(self, inputs, outputs, kernel=3, stride=1, groups=1):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(outputs, eps=1e-3, momentum=0.03)
        self.act = nn.ReLU(inplace=True)

    def forward(self, x):
        return self.act(self.norm(self.conv(x)))


class FusedConv(nn.Module):
    """A Conv whose batch normalisation has been folded into the weights."""

    def __init__(self, source):
        super().__init__()
        old, norm = source.conv, source.norm
        scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        self.conv = nn.Conv2d(
            old.in_channels, old.out_channels, old.kernel_size, old.stride, old.padding, groups=old.groups
        )
        self.conv.weight.data = (old.weight * scale.view(-1, 1, 1, 1)).detach()
        self.conv.bias.data = (norm.bias - norm.running_mean * scale).detach()
        self.act = nn.ReLU()

    def forward(self, x):
        return self.act(self.conv(x))


class Residual(nn.Module):
    def __init__(self, channels, inner):
        super().__init__()
        self.first = Conv(channels, inner, 1 if inner < channels else 3)
        self.second = Conv(inner, channels)

    def forward(self, x):
        return x + self.second(self.first(x))


def separable(inputs, outputs, stride=1):
    return nn.Sequential(Conv(inputs, inputs, 3, stride, inputs), Conv(inputs, outputs, 1))


class Head(nn.Module):
    def __init__(self, channels, outputs, bias):
        super().__init__()
        self.body = nn.Sequential(separable(channels, channels), separable(channels, channels))
        self.last = nn.Conv2d(channels, outputs, 1)
        nn.init.normal_(self.last.weight, std=0.01)
        nn.init.constant_(self.last.bias, bias)

    def forward(self, x):
        return self.last(self.body(x)).flatten(2)


class Detector(nn.Module):
    """Pictures in, (raw distances of the four sides, class logits) out; `boxes` turns distances to corners."""

    def __init__(self, classes, size, neck=64):
        super().__init__()
        self.classes, self.size = classes, size
        self.early = nn.Sequential(
            Conv(3, 16, 3, 2), Conv(16, 32, 3, 2), Residual(32, 16), Conv(32, 48, 3, 2), Residual(48, 48)
        )
        self.middle = nn.Sequential(Conv(48, 96, 3, 2), Residual(96, 96))
        self.late = nn.Sequential(Conv(96, 128, 3, 2), Residual(128, 64), Residual(128, 64))
        self.side = nn.ModuleList(Conv(c, neck, 1) for c in (48, 96, 128))
        self.up = nn.ModuleList(separable(neck, neck) for _ in range(2))
        self.down = nn.ModuleList(separable(neck, neck, 2) for _ in range(2))
        self.join = nn.ModuleList(separable(neck, neck) for _ in range(2))
        self.box = nn.ModuleList(Head(neck, 4, 1.5) for _ in STRIDES)
        self.score = nn.ModuleList(Head(neck, classes, -4.0) for _ in STRIDES)
        centres, strides = [], []
        for stride in STRIDES:
            cells = size // stride
            y, x = torch.meshgrid(torch.arange(cells), torch.arange(cells), indexing="ij")
            centres.append((torch.stack((x, y), -1).reshape(-1, 2) + 0.5) * stride)
            strides.append(torch.full((cells * cells,), float(stride)))
        self.register_buffer("centres", torch.cat(centres), persistent=False)
        self.register_buffer("strides", torch.cat(strides), persistent=False)

    def forward(self, pictures):
        fine = self.early(pictures)
        mid = self.middle(fine)
        coarse = self.late(mid)
        p3, p4, p5 = (side(x) for side, x in zip(self.side, (fine, mid, coarse)))
        p4 = self.up[0](p4 + functional.interpolate(p5, scale_factor=2.0, mode="nearest"))
        p3 = self.up[1](p3 + functional.interpolate(p4, scale_factor=2.0, mode="nearest"))
        p4 = self.join[0](p4 + self.down[0](p3))
        p5 = self.join[1](p5 + self.down[1](p4))
        levels = (p3, p4, p5)
        distances = torch.cat([head(x) for head, x in zip(self.box, levels)], 2)
        logits = torch.cat([head(x) for head, x in zip(self.score, levels)], 2)
        return distances, logits

    def boxes(self, distances):
        """Corner boxes in pixels, batch x anchors x 4, from raw distances, batch x 4 x anchors."""
        reach = functional.softplus(distances).transpose(1, 2) * self.strides.view(1, -1, 1)
        return torch.cat((self.centres - reach[..., :2], self.centres + reach[..., 2:]), -1)


class Exported(nn.Module):
    """The network as it is shipped: normalisation folded, output 1 x (4 + classes) x anchors."""

    def __init__(self, detector):
        super().__init__()
        self.detector = copy.deepcopy(detector).eval()
        fold(self.detector)
        self.register_buffer("x", self.detector.centres[:, 0].view(1, 1, -1).clone())
        self.register_buffer("y", self.detector.centres[:, 1].view(1, 1, -1).clone())
        self.register_buffer("stride", self.detector.strides.view(1, 1, -1).clone())

    def forward(self, images):
        distances, logits = self.detector(images)
        left, top, right, bottom = (functional.softplus(distances) * self.stride).split(1, 1)
        x = self.x + (right - left) * 0.5
        y = self.y + (bottom - top) * 0.5
        return torch.cat((x, y, left + right, top + bottom, torch.sigmoid(logits)), 1)


def fold(module):
    for name, child in module.named_children():
        if isinstance(child, Conv):
            setattr(module, name, FusedConv(child))
        else:
            fold(child)
