#!/usr/bin/env python3
"""Turns the files of one run of `benchmarks/compare-draws` into Markdown: table.py FOLDER.

Reads jmh-*.json, pytorch-*.jsonl and tensorflow-*.jsonl, a file a turn. A time is the median over the turns; a ratio is
that of two such medians, with the smallest and the largest over the turns behind it.
"""
import json
import pathlib
import statistics
import sys

LAWS = ("uniform", "normal", "truncated_normal", "orthogonal")
NAMES = {"nd4j": "ND4J", "javaUtilRandom": "java.util.Random", "initlabTwoThreads": "two threads"}


def read(folder):
    """Times in milliseconds by law, then by whose they are, a number a turn."""
    times = {}

    def add(law, whose, ms):
        times.setdefault(law, {}).setdefault(whose, []).append(ms)

    for path in sorted(folder.glob("jmh-*.json")):
        for result in json.loads(path.read_text()):
            kind, method = result["benchmark"].split(".")[-2:]
            law = result.get("params", {}).get("law", "orthogonal" if kind.startswith("Orthogonal") else None)
            add(law, method, statistics.median(result["primaryMetric"]["rawData"][0]))
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text().splitlines():
            result = json.loads(line)
            add(result["law"], result["peer"], result["ms"])
    return times


def ratio(others, ours):
    value = statistics.median(others) / statistics.median(ours)
    each = [other / our for other, our in zip(others, ours)]
    return f"{value:.2f}x ({min(each):.2f} to {max(each):.2f})"


def main():
    times = read(pathlib.Path(sys.argv[1]))
    peers = sorted({whose for law in times.values() for whose in law if whose != "initlab"}, key=str.lower)
    print("| draw | InitLab, ms | " + " | ".join(NAMES.get(p, p) for p in peers) + " |")
    print("| --- |" + " --- |" * (1 + len(peers)))
    for law in LAWS:
        ours = times[law]["initlab"]
        cells = [ratio(times[law][p], ours) if p in times[law] else "" for p in peers]
        print(f"| {law.replace('_', ' ')} | {statistics.median(ours):.1f} | " + " | ".join(cells) + " |")
    print()
    print("A ratio is the other's time over InitLab's on one thread; the column of two threads is below 1 where they help.")


if __name__ == "__main__":
    main()
