package io.engraft.simulate;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.ChunkedRun;
import io.engraft.internal.PatientStream;
import io.engraft.law.LawOfTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;

/**
 * Draws paths. Patients are cut into chunks of fixed size; counts are integers and sums of time are kept by chunk and
 * added in the chunks' order, so that no result depends on threads.
 */
final class PathEngine {

    static final int CHUNK = 8192;
    private static final int MOST_STEPS = 100_000;
    private static final long MOST_PATIENTS = 10_000_000_000L;

    final CompiledModel model;
    final long patients;
    final double horizon;
    final long seed;
    private final int threads;

    PathEngine(CompiledModel model, long patients, double horizon, long seed, int threads) {
        if (patients > MOST_PATIENTS) {
            throw InvalidArgumentException.of("patients", patients, "patients <= " + MOST_PATIENTS);
        }
        this.model = model;
        this.patients = patients;
        this.horizon = horizon;
        this.seed = seed;
        this.threads = threads;
    }

    /** Counts over a grid, and sums of time and of its square: by state, or by slot for progressive models. */
    static final class Totals {
        private final PathTally tally;
        private final double[] time;
        private final double[] timeSquared;

        Totals(PathTally tally, double[] time, double[] timeSquared) {
            this.tally = tally;
            this.time = time;
            this.timeSquared = timeSquared;
        }

        PathTally tally() {
            return tally;
        }

        double time(int cell) {
            return time[cell];
        }

        double timeSquared(int cell) {
            return timeSquared[cell];
        }
    }

    Totals run(TimeGrid grid, LongConsumer progress) {
        int chunks = chunks();
        int cells = model.tree == null ? model.states.size() : model.slots();
        double[][] sums = new double[chunks][];
        List<PathTally> tallies = new ArrayList<>();
        AtomicLong done = new AtomicLong();
        ChunkedRun.run(chunks, threads, k -> {
            PathTally tally = new PathTally(model.slots(), model.events.size(), grid.size());
            tallies.add(tally);
            double[] own = new double[model.states.size()];
            return chunk -> {
                double[] times = new double[2 * cells];
                long first = (long) chunk * CHUNK;
                long last = Math.min(patients, first + CHUNK);
                for (long i = first; i < last; i++) {
                    if (model.tree == null) {
                        walkLoops(i, grid, tally, times, own);
                    } else {
                        walk(i, grid, tally, times);
                    }
                }
                sums[chunk] = times;
                progress.accept(done.addAndGet(last - first));
            };
        });
        PathTally total = tallies.get(0);
        for (PathTally other : tallies.subList(1, tallies.size())) {
            total.add(other);
        }
        total.accumulate();
        double[] time = new double[cells];
        double[] squared = new double[cells];
        for (int c = 0; c < cells; c++) {
            time[c] = compensatedSum(sums, c);
            squared[c] = compensatedSum(sums, cells + c);
        }
        return new Totals(total, time, squared);
    }

    int threads() {
        return threads;
    }

    private int chunks() {
        return (int) ((patients + CHUNK - 1) / CHUNK);
    }

    private static double compensatedSum(double[][] rows, int column) {
        double sum = 0;
        double lost = 0;
        for (double[] row : rows) {
            double x = row[column];
            double next = sum + x;
            lost += Math.abs(sum) >= Math.abs(x) ? sum - next + x : x - next + sum;
            sum = next;
        }
        return sum + lost;
    }

    private void walk(long patient, TimeGrid grid, PathTally tally, double[] times) {
        PatientStream stream = PatientStream.of(seed, PatientStream.PATIENTS, patient);
        int cells = times.length / 2;
        int point = 0;
        int from = 0;
        double now = 0;
        while (true) {
            int slot = model.choose(point, stream.next());
            double uniform = stream.next();
            tally.started[slot * tally.stride + from]++;
            LawOfTime law = model.laws[slot];
            double then = law == null ? Double.POSITIVE_INFINITY : now + law.sample(uniform);
            double stay = (then <= horizon ? then : horizon) - now;
            times[slot] += stay;
            times[cells + slot] += stay * stay;
            if (!(then <= horizon)) {
                return;
            }
            from = grid.before(then);
            tally.ended[slot * tally.stride + from]++;
            point = model.next[slot];
            now = then;
        }
    }

    private void walkLoops(long patient, TimeGrid grid, PathTally tally, double[] times, double[] own) {
        PatientStream stream = PatientStream.of(seed, PatientStream.PATIENTS, patient);
        Arrays.fill(own, 0);
        boolean[] seen = new boolean[model.events.size()];
        double[] leaves = new double[1];
        int point = model.startPoint(stream);
        int from = 0;
        double now = 0;
        for (int step = 0; ; step++) {
            checkSteps(patient, step);
            int slot = model.leave(point, now, stream, leaves);
            double then = leaves[0];
            tally.started[slot * tally.stride + from]++;
            own[model.state[slot]] += (then <= horizon ? then : horizon) - now;
            if (!(then <= horizon)) {
                break;
            }
            from = grid.before(then);
            tally.ended[slot * tally.stride + from]++;
            int event = model.event[slot];
            if (!seen[event]) {
                seen[event] = true;
                tally.firstEvents[event * tally.stride + from]++;
            }
            point = model.next[slot];
            now = then;
        }
        for (int s = 0; s < own.length; s++) {
            times[s] += own[s];
            times[own.length + s] += own[s] * own[s];
        }
    }

    private static void checkSteps(long patient, int step) {
        if (step == MOST_STEPS) {
            throw new InvalidArgumentException("patient " + patient + " changes state more than " + MOST_STEPS
                    + " times before the horizon; allowed: longer times, or a shorter horizon");
        }
    }

    /** The path of one patient, the same as in {@link #run}. */
    SimulatedPath path(long patient) {
        PatientStream stream = PatientStream.of(seed, PatientStream.PATIENTS, patient);
        List<SimulatedPath.Sojourn> sojourns = new ArrayList<>();
        double[] leaves = new double[1];
        int point = model.startPoint(stream);
        double now = 0;
        for (int step = 0; ; step++) {
            checkSteps(patient, step);
            int slot = model.leave(point, now, stream, leaves);
            double then = leaves[0];
            String state = model.states.get(model.state[slot]);
            if (!(then <= horizon)) {
                sojourns.add(new SimulatedPath.Sojourn(state, now, horizon, null));
                return new SimulatedPath(patient, sojourns);
            }
            sojourns.add(new SimulatedPath.Sojourn(state, now, then, model.events.get(model.event[slot])));
            point = model.next[slot];
            now = then;
        }
    }

    /** How many patients are in state s at time j and in state r at time k, for j &lt;= k: [(j S + s)][(k S + r)]. */
    long[][] jointCounts(double[] times) {
        int size = times.length * model.states.size();
        List<long[][]> parts = new ArrayList<>();
        ChunkedRun.run(chunks(), threads, k -> {
            long[][] counts = new long[size][size];
            parts.add(counts);
            return jointWorker(times, counts);
        });
        long[][] total = parts.get(0);
        for (long[][] part : parts.subList(1, parts.size())) {
            for (int a = 0; a < size; a++) {
                for (int b = 0; b < size; b++) {
                    total[a][b] += part[a][b];
                }
            }
        }
        return total;
    }

    private IntConsumer jointWorker(double[] times, long[][] counts) {
        int[] at = new int[times.length];
        return chunk -> {
            long first = (long) chunk * CHUNK;
            long last = Math.min(patients, first + CHUNK);
            for (long i = first; i < last; i++) {
                SimulatedPath path = path(i);
                for (int j = 0; j < times.length; j++) {
                    at[j] = j * model.states.size() + model.states.indexOf(path.stateAt(times[j]));
                    for (int k = 0; k <= j; k++) {
                        counts[at[k]][at[j]]++;
                    }
                }
            }
        };
    }
}
