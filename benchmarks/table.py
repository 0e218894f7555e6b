#!/usr/bin/env python3
"""Turns the files of one run of `benchmarks/compare` into Markdown: table.py FOLDER.

Reads KIND-initlab-*.json and KIND-pytorch-*.jsonl, a file a turn, of the kinds dense and cnn: a table each. A time is the median over the turns; a ratio is the ratio of
two such medians, with the smallest and the largest over the turns behind it. Like is compared with like: Deeplearning4j trains on digits as
InitLab does; PyTorch's loops have one batch that lies still, and stand beside InitLab's time with one.
"""
import json
import pathlib
import statistics
import sys

WITH_AUTOGRAD = ("usual", "channels_last", "script_autograd", "autograd", "foreach")
WITHOUT_AUTOGRAD = ("by_hand", "in_place", "by_hand_last", "unfold")


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
    times = {name: [turn[kind][name]["us"] for turn in turns] for name in names if name in turns[0][kind]}
    name = min(times, key=lambda n: statistics.median(times[n]))
    return name, times[name]


def row(cells):
    print("| " + " | ".join(cells) + " |")


def header(cells):
    row(cells)
    row(["---"] * len(cells))


def main():
    folder = pathlib.Path(sys.argv[1])
    found = False
    for kind in ("dense", "cnn"):
        ours = [json.loads(f.read_text()) for f in sorted(folder.glob(f"{kind}-initlab-*.json"))]
        files = sorted(folder.glob(f"{kind}-pytorch-*.jsonl"))
        peer = [[json.loads(line) for line in f.read_text().splitlines()] for f in files]
        if peer and len(peer) != len(ours):
            sys.exit(f"table.py: {folder} does not hold whole turns of {kind}.")
        if ours:
            if found:
                print()
            found = True
            about(ours, peer)
            compare(ours, peer)
            if peer:
                loops(ours, peer)
    if not found:
        sys.exit(f"table.py: {folder} holds no turn.")


def about(ours, peer):
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
    print(f"{shape['network']}, {shape['activation']}, {shape['optimizer']}, batch {shape['batch']};", end=" ")
    print(f"microseconds of processor time an update, medians of {len(ours)} turns;")
    print(f"the core was InitLab's for {100 * min(shares):.0f} to {100 * max(shares):.0f} % of the time.\n")
    for i, first in enumerate(about["comparisons"]):
        for turn in peer:
            other = turn[i].get("weights", first["weights"])
            if other != first["weights"]:
                sys.exit(f"table.py: {title(first)} has {first['weights']:.0f} weights, and PyTorch's network {other}.")


def title(comparison):
    size = f"{comparison['depth']}x{comparison['width']}"
    return size if comparison["architecture"] == "mlp" else f"{comparison['architecture']} {size}"


def compare(ours, peer):
    titles = ["network", "InitLab fused", "of the FMA floor", "DL4J", "against DL4J"]
    ensembles = bool(peer) and "ensembles" in peer[0][0]
    if peer:
        titles += ["InitLab, one batch", "PyTorch, autograd", "PyTorch, by hand"]
    if ensembles:
        titles += [f"PyTorch, {peer[0][0]['copies']} at once"]
    if peer:
        titles += ["against autograd", "against by hand"]
    if ensembles:
        titles += [f"against {peer[0][0]['copies']} at once"]
    header(titles)
    for i, first in enumerate(ours[0]["comparisons"]):
        engines = [turn["comparisons"][i]["engines"] for turn in ours]
        fused = [e["fused"]["us"] for e in engines]
        floors = [turn["comparisons"][i]["floor_us"] for turn in ours]
        cells = [title(first), micros(fused)]
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
            ]
            if ensembles:
                peers.append(best(turns, "ensembles", turns[0]["ensembles"]))
            still = [e["fused"]["without_data_us"] for e in engines]
            cells += [micros(still)] + [f"{micros(times)} ({name})" for name, times in peers]
            cells += [ratio(times, still) for _, times in peers]
        row(cells)


def loops(ours, peer):
    kinds = [(kind, name) for kind in ("loops", "ensembles") for name in peer[0][0].get(kind, [])]
    each = ", or of each of the ensemble's" if "ensembles" in peer[0][0] else ""
    print(f"\nAll of PyTorch's loops, of one network{each}:\n")
    header(["network"] + [name for _, name in kinds])
    for i, first in enumerate(ours[0]["comparisons"]):
        times = [micros([turn[i][kind][name]["us"] for turn in peer]) for kind, name in kinds]
        row([title(first)] + times)


if __name__ == "__main__":
    main()
