#!/usr/bin/env bash
# Engraft against its peers, in one run on one machine: prints task,n,engraft_s,peer,peer_s,ratio.
# Usage: benchmarks/run.sh [sizes]     for example 10000,100000,1000000 (the default)
# Needs R with survival, prodlim and cmprsk; the build itself does not.
# The order is Engraft, R, Engraft, R; seconds are medians over both halves, so that a slow moment of the machine
# weighs on both sides.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
sizes=${1:-10000,100000,1000000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
jar=$(ls "$here"/target/engraft-benchmarks-*.jar 2>/dev/null | grep -v -e sources -e javadoc | head -1 || true)
if [ -z "$jar" ]; then
  echo "benchmarks/run.sh: build first: mvn -q -DskipTests package" >&2
  exit 1
fi
for half in 1 2; do
  java -jar "$jar" 'CurveBenchmark|SimulationBenchmark' -p n="$sizes" -f 1 -rf csv -rff "$work/engraft$half.csv" >"$work/jmh$half.log" 2>&1 \
    || { tail -20 "$work/jmh$half.log" >&2; exit 1; }
  (cd "$here/peers" && Rscript curves.R "$sizes" && Rscript simulation.R "$sizes") >"$work/peers$half.csv" 2>"$work/peers$half.log" \
    || { tail -20 "$work/peers$half.log" >&2; exit 1; }
done
python3 "$here/table.py" "$work"
