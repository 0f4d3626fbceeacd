#!/usr/bin/env python3
"""Draws icon.png, a small network graph on a rounded square, with the standard library alone: python3 assets/make-icon.py"""

import math
import pathlib
import struct
import zlib

SIZE = 128
SAMPLES = 4  # per axis and pixel: smooth edges
TOP, BOTTOM = (0x5B, 0x4B, 0xDB), (0x2A, 0x1F, 0x8F)
EDGE, HOT_EDGE = (0x9F, 0x96, 0xF0), (0xFF, 0xC8, 0x57)
NODE, HOT_NODE = (0xFF, 0xFF, 0xFF), (0xFF, 0xC8, 0x57)
LAYERS = [(29, [45, 83]), (64, [29, 64, 99]), (99, [64])]
HOT_PATH = [(0, 1), (1, 0), (2, 0)]  # (layer, index) of the nodes along the highlighted path
RADIUS, CORNER = 9.5, 26


def inside_square(x, y):
    dx, dy = max(CORNER - x, x - (SIZE - CORNER), 0), max(CORNER - y, y - (SIZE - CORNER), 0)
    return dx * dx + dy * dy <= CORNER * CORNER


def distance_to_segment(x, y, a, b):
    ax, ay, bx, by = *a, *b
    t = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)
    t = min(1, max(0, t))
    return math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay))


def node(layer, index):
    return LAYERS[layer][0], LAYERS[layer][1][index]


def edges():
    for layer in range(len(LAYERS) - 1):
        for i in range(len(LAYERS[layer][1])):
            for j in range(len(LAYERS[layer + 1][1])):
                hot = (layer, i) in HOT_PATH and (layer + 1, j) in HOT_PATH
                yield node(layer, i), node(layer + 1, j), hot


ALL_EDGES = sorted(edges(), key=lambda edge: edge[2], reverse=True)
ALL_NODES = [(node(k, i), (k, i) in HOT_PATH) for k, (_, ys) in enumerate(LAYERS) for i in range(len(ys))]


def color(x, y):
    """The color at one point, or None outside the rounded square."""
    if not inside_square(x, y):
        return None
    for (cx, cy), hot in ALL_NODES:
        if math.hypot(x - cx, y - cy) <= RADIUS:
            return HOT_NODE if hot else NODE
    for a, b, hot in ALL_EDGES:
        if distance_to_segment(x, y, a, b) <= (2.2 if hot else 1.4):
            return HOT_EDGE if hot else EDGE
    t = y / SIZE
    return tuple(round(p + (q - p) * t) for p, q in zip(TOP, BOTTOM))


def pixel(px, py):
    offsets = [(i + 0.5) / SAMPLES for i in range(SAMPLES)]
    hits = [c for dy in offsets for dx in offsets if (c := color(px + dx, py + dy)) is not None]
    if not hits:
        return bytes(4)
    mean = [round(sum(c[k] for c in hits) / len(hits)) for k in range(3)]
    return bytes([*mean, round(255 * len(hits) / SAMPLES**2)])


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def main():
    rows = b"".join(b"\0" + b"".join(pixel(x, y) for x in range(SIZE)) for y in range(SIZE))
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0))
    png += chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
    pathlib.Path(__file__).with_name("icon.png").write_bytes(png)


main()
