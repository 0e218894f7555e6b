#!/usr/bin/env python3
"""Turns the files of one run of `benchmarks/compare-draws` into Markdown: table.py FOLDER.

Reads jmh-*.json, pytorch-*.jsonl and tensorflow-*.jsonl, a file a turn. A time is the median over the turns of a turn's
median; a ratio is the median over the turns of a turn's ratio, with the smallest and the largest.
"""
import json
import pathlib
import statistics
import sys

LAWS = ("uniform", "normal", "truncated_normal", "orthogonal")
NAMES = {"nd4j": "ND4J", "javaUtilRandom": "java.util.Random"}
OURS, BOTH = "initlab", "initlabTwoThreads"


def read(folder):
    """Milliseconds a draw by law, then by whose they are, a number a turn: of processor time, and by the clock."""
    processor, clock = {}, {}

    def add(times, law, whose, ms):
        times.setdefault(law, {}).setdefault(whose, []).append(ms)

    for path in sorted(folder.glob("jmh-*.json")):
        for result in json.loads(path.read_text()):
            kind, method = result["benchmark"].split(".")[-2:]
            law = result.get("params", {}).get("law", kind.removesuffix("Benchmark").lower())
            more = result["secondaryMetrics"]
            if kind == "ThreadsBenchmark":
                for whose, count in ((OURS, "one"), (BOTH, "two")):
                    add(clock, law, whose, statistics.median(more[count]["rawData"][0]))
                continue
            add(processor, law, method, statistics.median(more["milliseconds"]["rawData"][0]))
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text().splitlines():
            result = json.loads(line)
            add(processor, result["law"], result["peer"], result["ms"])
            for whose, ms in zip((result["peer"], result["peer"] + BOTH), result.get("clock", ())):
                add(clock, result["law"], whose, ms)
    return processor, clock


def ratio(others, ours):
    each = [other / our for other, our in zip(others, ours)]
    return f"{statistics.median(each):.2f}x ({min(each):.2f} to {max(each):.2f})"


def second(clock):
    """What a second thread gains in a peer that has threads, as a text."""
    texts = []
    for law in LAWS:
        for whose, times in sorted(clock.get(law, {}).items()):
            if whose + BOTH in clock[law] and whose != OURS:
                texts.append(f", {law} of {whose} {ratio(times, clock[law][whose + BOTH])}")
    return "".join(texts)


def main():
    processor, clock = read(pathlib.Path(sys.argv[1]))
    peers = sorted({p for law in LAWS for p in processor[law]} - {OURS, BOTH}, key=str.lower)
    print("| draw | InitLab, ms | " + " | ".join(f"of {NAMES.get(p, p)}" for p in peers) + " | two threads |")
    print("| --- |" + " --- |" * (2 + len(peers)))
    for law in LAWS:
        times = processor[law]
        cells = [ratio(times[p], times[OURS]) if p in times else "" for p in peers]
        cells.append(ratio(clock[law][OURS], clock[law][BOTH]) if law in clock else "")
        print(f"| {law.replace('_', ' ')} | {statistics.median(times[OURS]):.1f} | " + " | ".join(cells) + " |")
    print()
    print("A ratio is the other's processor time over InitLab's, one thread each: above 1, InitLab is faster. The last column is")
    print("the elapsed time of one thread of InitLab over that of two, which needs two idle cores. For the same, arithmetic in")
    print(f"the first cache gains {ratio(clock['arithmetic'][OURS], clock['arithmetic'][BOTH])}" + second(clock) + ".")


if __name__ == "__main__":
    main()
