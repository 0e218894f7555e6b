#!/usr/bin/env python3
"""Turns the files of one run of `benchmarks/compare` into Markdown: table.py FOLDER.

Reads initlab-*.json and pytorch-*.jsonl, a file a turn. A time is the median over the turns; a ratio is the ratio of
two such medians, with the smallest and the largest over the turns behind it.
"""
import json
import pathlib
import statistics
import sys

WITH_AUTOGRAD = ("usual", "autograd", "foreach")
WITHOUT_AUTOGRAD = ("by_hand", "in_place")


def micros(values):
    value = statistics.median(values)
    return f"{value:.3g}" if value < 1000 else f"{value:,.0f}"


def ratio(others, ours):
    """The ratio of the medians, and its range over the turns."""
    value = statistics.median(others) / statistics.median(ours)
    each = [other / our for other, our in zip(others, ours)]
    return f"{value:.1f}x ({min(each):.1f} to {max(each):.1f})"


def best(turns, kind, names):
    """Of these loops the one with the smallest median over the turns: its name and its times."""
    times = {name: [turn[kind][name]["us"] for turn in turns] for name in names}
    name = min(times, key=lambda n: statistics.median(times[n]))
    return name, times[name]


def row(cells):
    print("| " + " | ".join(cells) + " |")


def header(cells):
    row(cells)
    row(["---"] * len(cells))


def main():
    folder = pathlib.Path(sys.argv[1])
    ours = [json.loads(f.read_text()) for f in sorted(folder.glob("initlab-*.json"))]
    peer = [[json.loads(line) for line in f.read_text().splitlines()] for f in sorted(folder.glob("pytorch-*.jsonl"))]
    if not ours or peer and len(peer) != len(ours):
        sys.exit(f"table.py: {folder} does not hold whole turns.")
    about = ours[0]
    shape = about["comparisons"][0]
    print(f"{about['processor']}, one core; {about['system']}; Java {about['java']}; OpenBLAS core {about['openblas_core']};")
    print(f"InitLab {about['initlab']} at {about['commit'][:10] or 'no commit'}; Deeplearning4j 1.0.0-M2.1", end="")
    if peer:
        print(f"; PyTorch {peer[0][0]['torch']} on Python {peer[0][0]['python']}", end="")
    print(".")
    peaks = [turn["flops_per_second"] / 1e9 for turn in ours]
    print(f"FMA peak by sgemm {statistics.median(peaks):.0f} GFLOP/s;", end=" ")
    for level in about["bytes_per_second"]:
        rates = [turn["bytes_per_second"][level] / 1e9 for turn in ours]
        print(f"{level} {statistics.median(rates):.0f} GB/s", end=", " if level != "DRAM" else ".\n")
    shares = [turn["share_of_core"] for turn in ours]
    print(f"784-[width]x{shape['depth']}-10, {shape['activation']}, {shape['optimizer']}, batch {shape['batch']};", end=" ")
    print(f"microseconds of processor time an update, medians of {len(ours)} turns;")
    print(f"the core was InitLab's for {100 * min(shares):.0f} to {100 * max(shares):.0f} % of the time.\n")
    compare(ours, peer)
    if peer:
        loops(peer)


def compare(ours, peer):
    titles = ["network", "InitLab fused", "of the FMA floor", "DL4J", "against DL4J"]
    if peer:
        copies = peer[0][0]["copies"]
        titles += ["PyTorch, autograd", "PyTorch, by hand", f"PyTorch, {copies} at once"]
        titles += ["against autograd", "against by hand", f"against {copies} at once"]
    header(titles)
    for i, first in enumerate(ours[0]["comparisons"]):
        engines = [turn["comparisons"][i]["engines"] for turn in ours]
        fused = [e["fused"]["us"] for e in engines]
        floors = [turn["comparisons"][i]["floor_us"] for turn in ours]
        cells = [f"{first['depth']}x{first['width']}", micros(fused)]
        cells.append(f"{100 * statistics.median(floors) / statistics.median(fused):.0f} %")
        if "dl4j" in first["engines"]:
            dl4j = [e["dl4j"]["us"] for e in engines]
            cells += [micros(dl4j), ratio(dl4j, fused)]
        else:
            cells += ["-", "-"]
        if peer:
            turns = [turn[i] for turn in peer]
            peers = [
                best(turns, "loops", WITH_AUTOGRAD),
                best(turns, "loops", WITHOUT_AUTOGRAD),
                best(turns, "ensembles", turns[0]["ensembles"]),
            ]
            cells += [f"{micros(times)} ({name})" for name, times in peers]
            cells += [ratio(times, fused) for _, times in peers]
        row(cells)


def loops(peer):
    print("\nAll of PyTorch's loops (usual to script: one network; the rest: each of the ensemble's networks):\n")
    kinds = [(kind, name) for kind in ("loops", "ensembles") for name in peer[0][0][kind]]
    header(["network"] + [name for _, name in kinds])
    for i, first in enumerate(peer[0]):
        times = [micros([turn[i][kind][name]["us"] for turn in peer]) for kind, name in kinds]
        row([f"{first['depth']}x{first['width']}"] + times)


if __name__ == "__main__":
    main()
