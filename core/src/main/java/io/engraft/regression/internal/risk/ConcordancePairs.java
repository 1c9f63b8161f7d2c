package io.engraft.regression.internal.risk;

import io.engraft.data.Categories;
import io.engraft.data.InnerEnds;
import io.engraft.data.SurvivalData;
import io.engraft.internal.count.DoubleOrder;
import java.util.Arrays;

/**
 * Pairs of rows whose order in time is known, and whether a score says the same: one row has an event at a time at which
 * the other is at risk and has none. A pair is concordant where the row with the event has the higher score. A pair at
 * event time t counts by both weights and by
 *
 * <pre>
 *   v(t) = (N S(t-))^a / n(t)^b
 * </pre>
 *
 * <p>with n(t) the weight at risk in the stratum, S its product limit, N the weight of all who were ever observed in it.
 *
 * <p>Rows stand in the order of time, and {@link PairSweep} says of each event how much of what comes after has a lower or
 * a higher score, and of each row the same of the events before, which gives the influences. Sums are of whole numbers, a
 * power of two times the weights, so rows that leave leave nothing behind, and no order of additions matters.
 */
public final class ConcordancePairs {

    /** Sums of whole numbers stay below 2^62. */
    private static final int BITS = 61;

    private final RiskRows risk;
    /** Weights over the largest one's power of two, so that no product of them is out of range. */
    private final double[] weight;

    private final int exponent;
    private final double shift;
    private final long[] whole;
    private final int[] rank;
    /** By stratum, how many different scores there are before it. */
    private final int[] offset;
    /** Rows at risk by their last place: place k has those from lastBegin[k] on. */
    private final int[] byLast;

    private final int[] lastBegin;
    /** Rows that are there later than from the first place of their stratum, by the first place of theirs. */
    private final int[] byFirst;

    private final int[] firstBegin;
    private final double[] pairWeight;
    /** What counts of pairs are to be multiplied by, as a power of two. */
    private final int countExponent;

    /** By row: concordant less discordant pairs, and all pairs, without its own weight. */
    private final double[] net;

    private final double[] all;

    private double concordant;
    private double discordant;
    private double tiedScore;
    private double tiedTime;
    private double tiedBoth;

    private ConcordancePairs(SurvivalData data, RiskRows risk, double[] score, int survivalPower, int riskPower) {
        this.risk = risk;
        int n = risk.size;
        double largest = 0;
        for (int i = 0; i < n && risk.weight != null; i++) {
            largest = Math.max(largest, risk.weightOf(i));
        }
        this.exponent = largest > 0 ? Math.getExponent(largest) : 0;
        this.countExponent = exponent * (2 + survivalPower - riskPower);
        this.weight = new double[n];
        double total = 0;
        for (int i = 0; i < n; i++) {
            weight[i] = risk.weight == null ? 1 : Math.scalb(risk.weight[i], -exponent);
            total += weight[i];
        }
        this.shift = shift(total);
        this.whole = new long[n];
        for (int i = 0; i < n; i++) {
            whole[i] = (long) Math.rint(weight[i] * shift);
        }
        this.offset = new int[risk.begin.length];
        this.rank = ranks(score);
        this.lastBegin = new int[risk.places() + 1];
        this.byLast = grouped(risk.last, false, lastBegin);
        this.firstBegin = new int[risk.places() + 1];
        this.byFirst = risk.anyLate() ? grouped(risk.first, true, firstBegin) : new int[0];
        this.pairWeight = pairWeights(data, survivalPower, riskPower);
        this.net = new double[n];
        this.all = new double[n];
        count();
    }

    /**
     * Counts the pairs.
     *
     * @param data the rows that the risk sets are of
     * @param score one finite number a row
     * @param survivalPower a, from 0 to 2
     * @param riskPower b, from 0 to 2
     */
    public static ConcordancePairs of(
            SurvivalData data, RiskRows risk, double[] score, int survivalPower, int riskPower) {
        return new ConcordancePairs(data, risk, score, survivalPower, riskPower);
    }

    /** The power of two by which sums up to a total become whole numbers. */
    private static double shift(double total) {
        return total > 0 ? Math.scalb(1.0, BITS - 1 - Math.getExponent(total)) : 1;
    }

    /** The ranks of the scores among those at risk in a stratum, from 0, ties sharing one. */
    private int[] ranks(double[] score) {
        int[] ranks = new int[risk.size];
        int[] used = new int[offset.length - 1];
        double[] last = new double[used.length];
        for (int row : DoubleOrder.of(score)) {
            if (risk.isAtRisk(row)) {
                int s = risk.stratumOf(row);
                if (used[s] == 0 || score[row] != last[s]) {
                    last[s] = score[row];
                    used[s]++;
                }
                ranks[row] = used[s] - 1;
            }
        }
        for (int s = 0; s < used.length; s++) {
            offset[s + 1] = offset[s] + used[s];
        }
        return ranks;
    }

    /** Rows at risk in the order of their keys, those of one key as they come. */
    private int[] grouped(int[] key, boolean onlyLate, int[] begin) {
        for (int i = 0; i < risk.size; i++) {
            if (risk.isAtRisk(i) && !(onlyLate && risk.fromBegin(i))) {
                begin[key[i] + 1]++;
            }
        }
        for (int k = 1; k < begin.length; k++) {
            begin[k] += begin[k - 1];
        }
        int[] rows = new int[begin[begin.length - 1]];
        int[] next = begin.clone();
        for (int i = 0; i < risk.size; i++) {
            if (risk.isAtRisk(i) && !(onlyLate && risk.fromBegin(i))) {
                rows[next[key[i]]++] = i;
            }
        }
        return rows;
    }

    /** By place, v. */
    private double[] pairWeights(SurvivalData data, int survivalPower, int riskPower) {
        double[] v = new double[risk.places()];
        if (survivalPower == 0 && riskPower == 0) {
            Arrays.fill(v, 1);
            return v;
        }
        double[] observed = survivalPower == 0 ? new double[offset.length - 1] : observed(data);
        long[] events = new long[v.length];
        for (int i = 0; i < risk.size; i++) {
            if (risk.event[i] >= 0) {
                events[risk.event[i]] += whole[i];
            }
        }
        long[] atRisk = atRisk();
        for (int s = 0; s + 1 < risk.begin.length; s++) {
            double survival = 1;
            for (int k = risk.begin[s]; k < risk.begin[s + 1]; k++) {
                // Weights too small beside the others to be whole numbers leave nobody at risk.
                if (atRisk[k] > 0) {
                    double n = atRisk[k] / shift;
                    v[k] = Math.pow(observed[s] * survival, survivalPower) / Math.pow(n, riskPower);
                    survival *= (double) (atRisk[k] - events[k]) / atRisk[k];
                }
            }
        }
        return v;
    }

    /** By place, the whole weight at risk. */
    private long[] atRisk() {
        long[] atRisk = new long[risk.places()];
        for (int s = 0; s + 1 < risk.begin.length; s++) {
            long there = 0;
            for (int k = risk.begin[s + 1] - 1; k >= risk.begin[s]; k--) {
                there += sum(byLast, lastBegin, k);
                if (k + 1 < risk.begin[s + 1]) {
                    there -= sum(byFirst, firstBegin, k + 1);
                }
                atRisk[k] = there;
            }
        }
        return atRisk;
    }

    private long sum(int[] rows, int[] begin, int place) {
        long sum = 0;
        for (int x = begin[place]; x < begin[place + 1]; x++) {
            sum += whole[rows[x]];
        }
        return sum;
    }

    /** By stratum, the weight of all who were observed; a row that goes on with the patient's next one is no other. */
    private double[] observed(SurvivalData data) {
        Categories strata = data.strata().orElse(null);
        InnerEnds inner = InnerEnds.of(data);
        long[] sum = new long[offset.length - 1];
        for (int i = 0; i < whole.length; i++) {
            if (!inner.at(i)) {
                sum[strata == null ? 0 : strata.code(i)] += whole[i];
            }
        }
        return Arrays.stream(sum).mapToDouble(w -> w / shift).toArray();
    }

    /**
     * Rows at each place: first those that came before it and after the last one, whose weight and whose events until then
     * are taken off; then the events by their scores; then the others that leave.
     */
    private void count() {
        int[] row = new int[byLast.length + byFirst.length];
        int[] eventsBegin = new int[risk.places()];
        int[] eventsEnd = new int[risk.places()];
        double total = 0;
        for (int k = 0; k < eventsBegin.length; k++) {
            int at = lastBegin[k] + firstBegin[k];
            for (int x = firstBegin[k]; x < firstBegin[k + 1]; x++) {
                row[at++] = byFirst[x];
            }
            eventsBegin[k] = at;
            for (int x = lastBegin[k]; x < lastBegin[k + 1]; x++) {
                if (isEvent(byLast[x])) {
                    row[at++] = byLast[x];
                    total += pairWeight[k] * weight[byLast[x]];
                }
            }
            eventsEnd[k] = at;
            byScore(row, eventsBegin[k], at);
            for (int x = lastBegin[k]; x < lastBegin[k + 1]; x++) {
                if (!isEvent(byLast[x])) {
                    row[at++] = byLast[x];
                }
            }
        }
        double eventShift = shift(total);
        PairSweep sweep = new PairSweep(row.length);
        for (int k = 0; k < eventsBegin.length; k++) {
            for (int e = lastBegin[k] + firstBegin[k]; e < lastBegin[k + 1] + firstBegin[k + 1]; e++) {
                sweep.rank[e] = rank[row[e]];
                sweep.weight[e] = e < eventsBegin[k] ? -whole[row[e]] : whole[row[e]];
                if (e >= eventsBegin[k] && e < eventsEnd[k]) {
                    sweep.event[e] = (long) Math.rint(pairWeight[k] * weight[row[e]] * eventShift);
                }
            }
        }
        for (int s = 0; s + 1 < offset.length; s++) {
            int from = lastBegin[risk.begin[s]] + firstBegin[risk.begin[s]];
            int to = lastBegin[risk.begin[s + 1]] + firstBegin[risk.begin[s + 1]];
            if (from < to) {
                sweep.count(from, to, offset[s + 1] - offset[s]);
                toRows(s, sweep, row, eventsBegin, eventsEnd, eventShift);
                toEvents(s, sweep, row, eventsBegin, eventsEnd);
            }
        }
    }

    private void byScore(int[] row, int from, int to) {
        if (to - from < 2) {
            return;
        }
        long[] keys = new long[to - from];
        for (int x = from; x < to; x++) {
            keys[x - from] = (long) rank[row[x]] << Integer.SIZE | row[x];
        }
        Arrays.sort(keys);
        for (int x = from; x < to; x++) {
            row[x] = (int) keys[x - from];
        }
    }

    /** What each row is told of the events while it was there. */
    private void toRows(
            int stratum, PairSweep sweep, int[] row, int[] eventsBegin, int[] eventsEnd, double eventShift) {
        long[] netOf = sweep.net;
        long before = 0;
        for (int k = risk.begin[stratum]; k < risk.begin[stratum + 1]; k++) {
            for (int e = lastBegin[k] + firstBegin[k]; e < eventsBegin[k]; e++) {
                net[row[e]] -= netOf[e] / eventShift;
                all[row[e]] -= before / eventShift;
            }
            long lower = 0;
            long alike = 0;
            for (int e = eventsBegin[k]; e < eventsEnd[k]; e++) {
                if (e > eventsBegin[k] && sweep.rank[e] != sweep.rank[e - 1]) {
                    lower += alike;
                    alike = 0;
                }
                // Events of one time are told nothing of each other.
                net[row[e]] += (netOf[e] + lower) / eventShift;
                all[row[e]] += before / eventShift;
                alike += sweep.event[e];
            }
            before += lower + alike;
            for (int e = eventsEnd[k]; e < lastBegin[k + 1] + firstBegin[k + 1]; e++) {
                net[row[e]] += netOf[e] / eventShift;
                all[row[e]] += before / eventShift;
            }
        }
    }

    /** What each event is told of those who are at risk beside it. */
    private void toEvents(int stratum, PairSweep sweep, int[] row, int[] eventsBegin, int[] eventsEnd) {
        long after = 0;
        for (int k = risk.begin[stratum + 1] - 1; k >= risk.begin[stratum]; k--) {
            for (int e = eventsEnd[k]; e < lastBegin[k + 1] + firstBegin[k + 1]; e++) {
                after += sweep.weight[e];
            }
            long higher = 0;
            long alike = 0;
            for (int e = eventsEnd[k] - 1; e >= eventsBegin[k]; e--) {
                if (e + 1 < eventsEnd[k] && sweep.rank[e] != sweep.rank[e + 1]) {
                    higher += alike;
                    alike = 0;
                }
                told(row[e], pairWeight[k], sweep.below[e], sweep.above[e] - higher, after);
                double vw = pairWeight[k] * weight[row[e]];
                tiedTime += vw * (higher / shift);
                tiedBoth += vw * (alike / shift);
                if (risk.replicates) {
                    // The pairs among the repeated rows themselves.
                    tiedBoth += vw * ((weight[row[e]] - Math.scalb(1.0, -exponent)) / 2);
                }
                alike += sweep.weight[e];
            }
            after += higher + alike;
            for (int e = lastBegin[k] + firstBegin[k]; e < eventsBegin[k]; e++) {
                after += sweep.weight[e];
            }
        }
    }

    private void told(int event, double v, long below, long above, long beside) {
        double vw = v * weight[event];
        concordant += vw * (below / shift);
        discordant += vw * (above / shift);
        tiedScore += vw * ((beside - below - above) / shift);
        net[event] += v * ((below - above) / shift);
        all[event] += v * (beside / shift);
    }

    private boolean isEvent(int row) {
        return risk.event[row] >= 0;
    }

    public double concordant() {
        return Math.scalb(concordant, countExponent);
    }

    public double discordant() {
        return Math.scalb(discordant, countExponent);
    }

    /** Pairs that would count, with equal scores. */
    public double tiedScore() {
        return Math.scalb(tiedScore, countExponent);
    }

    /** Pairs of events at one time, with different scores. */
    public double tiedTime() {
        return Math.scalb(tiedTime, countExponent);
    }

    /** Pairs of events at one time, with equal scores. */
    public double tiedBoth() {
        return Math.scalb(tiedBoth, countExponent);
    }

    /** Pairs that count, before they are brought to scale. */
    private double pairs() {
        return concordant + discordant + tiedScore;
    }

    /** Whether the product limit is 0 while there are events to come. */
    public boolean runsOut() {
        return Arrays.stream(pairWeight).anyMatch(v -> v == 0);
    }

    /** Whether no score of a pair that counts says anything. */
    public boolean allTied() {
        return concordant + discordant == 0;
    }

    /** Whether any pair counts. */
    public boolean isEstimable() {
        return pairs() > 0;
    }

    /** The share of concordant pairs, half of those with tied scores among them; NaN where no pair counts. */
    public double estimate() {
        return (concordant + tiedScore / 2) / pairs();
    }

    /**
     * The influence of each row: the derivative of the estimate by its weight, the weights of the pairs by time held as
     * they are.
     */
    public double[] influence() {
        double pairs = pairs();
        double half = (discordant - concordant) / (2 * pairs);
        double[] influence = new double[net.length];
        for (int i = 0; i < influence.length; i++) {
            influence[i] = Math.scalb((net[i] / 2 + half * all[i]) / pairs, -exponent);
        }
        return influence;
    }
}
