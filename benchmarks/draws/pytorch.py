#!/usr/bin/env python3
"""Times PyTorch's draws of 2^24 floats into memory that is there, and its orthogonal matrix of 1024 by 1024: one JSON
object a line, in milliseconds of processor time; of the laws also by the clock, with one thread and with two."""
import json
import statistics
import sys
import time

import torch

SIZE = 1 << 24
DEVIATION = 0.05


def median(draw, seconds, clock=time.process_time):
    draw()
    times = []
    until = clock() + seconds
    while clock() < until or len(times) < 5:
        start = clock()
        draw()
        times.append(1000 * (clock() - start))
    return statistics.median(times)


def by_threads(draw, seconds):
    """Milliseconds by the clock of one thread and of two."""
    times = []
    for threads in (1, 2):
        torch.set_num_threads(threads)
        times.append(median(draw, seconds, time.perf_counter))
    torch.set_num_threads(1)
    return times


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
        result = {"peer": f"PyTorch {torch.__version__}", "law": name, "ms": median(draw, seconds)}
        if name != "orthogonal":
            result["clock"] = by_threads(draw, seconds / 2)
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
