"""Puts the JMH results and the peers' results of one run side by side: task,n,engraft_s,peer,peer_s,ratio."""
import collections
import csv
import pathlib
import statistics
import sys

work = pathlib.Path(sys.argv[1])
TASK = {"kaplanMeier": "km", "cumulativeIncidence": "cuminc", "eventTable": "event_table", "simulate": "simulate"}

ours = collections.defaultdict(list)
for path in sorted(work.glob("engraft*.csv")):
    with path.open(newline="") as lines:
        for row in csv.DictReader(lines):
            method = row["Benchmark"].rsplit(".", 1)[-1]
            if method not in TASK:
                continue
            seconds = float(row["Score"]) * {"ms/op": 1e-3, "s/op": 1.0, "us/op": 1e-6}[row["Unit"]]
            kind = row.get("Param: times") or ""
            if method == "simulate" and row["Param: threads"] == "1":
                kind = "one_thread"
            ours[(TASK[method] + ("_" + kind if kind else ""), int(row["Param: n"]))].append(seconds)

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
