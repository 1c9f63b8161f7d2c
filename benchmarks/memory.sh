#!/usr/bin/env bash
# What a curve of ten million rows needs beyond its input: prints task,times,n,heap_mb,bytes_per_row,done.
# Each task runs in a Java machine whose whole heap is the input (16 bytes a row: time, status, event or arm) and 64 bytes
# a row more: it ends, or not. The young generation is kept small, since its share of a heap is the collector's need, not
# the task's.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
jar=$(ls "$here"/target/engraft-benchmarks-*.jar 2>/dev/null | grep -v -e sources -e javadoc | head -1 || true)
if [ -z "$jar" ]; then
  echo "benchmarks/memory.sh: build first: mvn -q -DskipTests package" >&2
  exit 1
fi
n=${1:-10000000}
echo "task,times,n,heap_mb,bytes_per_row_beyond_input,done"
for task in kaplanMeier cumulativeIncidence logRank restrictedMeans; do
  for times in days continuous; do
    heap=$((n * (16 + 64) / 1048576))
    if java "-Xmx${heap}m" -Xmn8m -XX:+UseParallelGC -cp "$jar" io.engraft.benchmarks.OneRun "$task" "$times" "$n" >/dev/null 2>&1; then
      done=yes
    else
      done=no
    fi
    echo "$task,$times,$n,$heap,64,$done"
  done
done
