#!/usr/bin/env python3
"""Times PyTorch's draws of 2^24 floats into memory that is there, and its orthogonal matrix of 1024 by 1024: one JSON
object a line, in milliseconds of processor time."""
import json
import statistics
import sys
import time

import torch

SIZE = 1 << 24
DEVIATION = 0.05


def median(draw, seconds):
    draw()
    times = []
    until = time.process_time() + seconds
    while time.process_time() < until or len(times) < 5:
        start = time.process_time()
        draw()
        times.append(1000 * (time.process_time() - start))
    return statistics.median(times)


def main():
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 3
    torch.set_num_threads(1)
    x = torch.empty(SIZE)
    square = torch.empty(1024, 1024)
    limit = 3 ** 0.5 * DEVIATION
    draws = {
        "uniform": lambda: x.uniform_(-limit, limit),
        "normal": lambda: x.normal_(0, DEVIATION),
        "truncated_normal": lambda: torch.nn.init.trunc_normal_(x, 0, DEVIATION, -2 * DEVIATION, 2 * DEVIATION),
        "orthogonal": lambda: torch.nn.init.orthogonal_(square),
    }
    for name, draw in draws.items():
        print(json.dumps({"peer": f"PyTorch {torch.__version__}", "law": name, "ms": median(draw, seconds)}), flush=True)


if __name__ == "__main__":
    main()
