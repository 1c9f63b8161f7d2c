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
small=$(echo "$sizes" | tr , '\n' | awk '$1 <= 5000000' | paste -sd, -)
jmh() {
  java -jar "$jar" "$@" -f 1 -rf csv >>"$work/jmh.log" 2>&1 || { tail -20 "$work/jmh.log" >&2; exit 1; }
}
for half in 1 2; do
  jmh 'CurveBenchmark' -p n="$sizes" -wi 12 -i 9 -rff "$work/engraft-curves$half.csv"
  jmh 'SimulationBenchmark|TestBenchmark.(logRank|restrictedMeans|gray)$' -p n="$small" -wi 12 -i 9 -rff "$work/engraft-tests$half.csv"
  jmh 'BootstrapBenchmark.survival' -p n=1000 -p times=days -wi 300 -i 30 -rff "$work/engraft-bootstrap$half.csv"
  jmh 'AftBenchmark' -p n="$small" -wi 12 -i 9 -rff "$work/engraft-aft$half.csv"
  (cd "$here/peers" && Rscript curves.R "$sizes" && Rscript tests.R "$small" && Rscript simulation.R "$small" \
    && Rscript aft.R "$small") \
    >"$work/peers$half.csv" 2>"$work/peers$half.log" || { tail -20 "$work/peers$half.log" >&2; exit 1; }
done
python3 "$here/table.py" "$work"
