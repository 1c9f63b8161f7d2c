"""Puts the JMH results and the peers' results of one run side by side: task,n,engraft_s,peer,peer_s,ratio.

Without a peer, a row gives the growth exponent of our time over the last decade of n, under "growth"."""
import collections
import csv
import math
import pathlib
import statistics
import sys

work = pathlib.Path(sys.argv[1])
TASK = {
    "kaplanMeier": "km",
    "cumulativeIncidence": "cuminc",
    "eventTable": "event_table",
    "logRank": "logrank",
    "restrictedMeans": "rmst",
    "gray": "gray",
    "simulate": "simulate",
    "weibull": "aft_weibull_p5",
    "weibullAlone": "aft_weibull_p0",
    "logNormal": "aft_lognormal_p5",
}
UNIT = {"ms/op": 1e-3, "s/op": 1.0, "us/op": 1e-6}

ours = collections.defaultdict(list)
for path in sorted(work.glob("engraft*.csv")):
    with path.open(newline="") as lines:
        for row in csv.DictReader(lines):
            benchmark, method = row["Benchmark"].rsplit(".", 2)[-2:]
            bootstrap = benchmark == "BootstrapBenchmark" and method == "survival"
            if not bootstrap and (benchmark == "BootstrapBenchmark" or method not in TASK):
                continue
            seconds = float(row["Score"]) * UNIT[row["Unit"]]
            kind = row.get("Param: times") or ""
            if method == "simulate" and row["Param: threads"] == "1":
                kind = "one_thread"
            task = "bootstrap" if bootstrap else TASK[method]
            ours[(task + ("_" + kind if kind else ""), int(row["Param: n"]))].append(seconds)

peers = collections.defaultdict(list)
for path in sorted(work.glob("peers*.csv")):
    with path.open(newline="") as lines:
        for peer, version, task, n, seconds in csv.reader(lines):
            peers[(task, int(float(n)), f"{peer} {version}")].append(float(seconds))

print("task,n,engraft_s,peer,peer_s,ratio")
for (task, n), times in sorted(ours.items()):
    own = statistics.median(times)
    found = sorted(key for key in peers if key[:2] == (task, n))
    if not found:
        print(f"{task},{n},{own:.6g},,,")
    for key in found:
        other = statistics.median(peers[key])
        print(f"{task},{n},{own:.6g},{key[2]},{other:.6g},{other / own:.1f}")
for task in sorted({task for task, _ in ours}):
    sizes = sorted(n for name, n in ours if name == task)
    if len(sizes) > 1 and sizes[-1] == 10 * sizes[-2]:
        last, before = (statistics.median(ours[(task, n)]) for n in (sizes[-1], sizes[-2]))
        print(f"{task},{sizes[-1]},,growth from {sizes[-2]},,{math.log10(last / before):.2f}")
