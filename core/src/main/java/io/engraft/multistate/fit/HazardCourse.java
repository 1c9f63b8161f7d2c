package io.engraft.multistate.fit;

import io.engraft.InvalidArgumentException;
import io.engraft.data.JoinedTimes;
import io.engraft.data.TieRule;
import io.engraft.data.Transition;
import io.engraft.internal.TimeSearch;
import io.engraft.regression.CovariatePath;
import io.engraft.regression.CovariateProfile;
import io.engraft.regression.CoxFit;
import io.engraft.regression.HazardCombination;
import io.engraft.regression.PredictedSurvival;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The ways of one patient through states whose transitions have predicted hazards: all steps on one line of times. With
 * p(u-) the probabilities of the states before a time and M(u) the matrix whose row of a state says where it goes,
 *
 * <pre>
 *   p(u) = p(u-) M(u),   M_ab = dH_ab(u),   M_aa = 1 - sum over b of dH_ab(u),  or exp(-sum)
 * </pre>
 *
 * <p>What is expected of the future of each state, v, goes the other way, v(u-) = M(u) v(u). A quantity p(s) v(s) changes
 * with a step dH_ab(u) by p_a(u-) (v_b(u) - c v_a(u)), with c = 1, or exp(-sum).
 */
final class HazardCourse {

    /** A transition with the hazard that is predicted for it. */
    record Way(Transition transition, CoxFit fit, PredictedSurvival curve) {}

    /** All steps on one line of times, whoever the patient is. */
    static final class Grid {

        private final List<String> states;
        private final TieRule rule;
        private final double[] time;
        /** By time, its first step; at the end the number of steps. */
        private final int[] begin;
        /** By step: its way, its place among those of the way, where from and where to. */
        private final int[] way;

        private final int[] place;
        private final int[] from;
        private final int[] to;
        /** By step, the end of those of the same state at the same time. */
        private final int[] end;

        Grid(List<String> states, List<Way> ways, TieRule rule) {
            this.states = List.copyOf(states);
            this.rule = rule;
            double[][] times = ways.stream().map(w -> w.curve().jumpTimes()).toArray(double[][]::new);
            JoinedTimes joined = JoinedTimes.of(rule, times);
            this.time =
                    IntStream.range(0, joined.size()).mapToDouble(joined::time).toArray();
            int[][] at = Arrays.stream(times).map(joined::placesOf).toArray(int[][]::new);
            this.begin = new int[time.length + 1];
            for (int[] places : at) {
                for (int u : places) {
                    begin[u + 1]++;
                }
            }
            Arrays.parallelPrefix(begin, Integer::sum);
            int n = begin[time.length];
            this.way = new int[n];
            this.place = new int[n];
            this.from = new int[n];
            this.to = new int[n];
            this.end = new int[n];
            int[] next = begin.clone();
            for (int w : inOrderOfOrigin(ways)) {
                Transition transition = ways.get(w).transition();
                for (int k = 0; k < at[w].length; k++) {
                    int e = next[at[w][k]]++;
                    way[e] = w;
                    place[e] = k;
                    from[e] = states.indexOf(transition.from());
                    to[e] = states.indexOf(transition.to());
                }
            }
            for (int u = time.length - 1; u >= 0; u--) {
                for (int e = begin[u + 1] - 1; e >= begin[u]; e--) {
                    boolean last = e + 1 == begin[u + 1] || from[e + 1] != from[e];
                    end[e] = last ? e + 1 : end[e + 1];
                }
            }
        }

        private int[] inOrderOfOrigin(List<Way> ways) {
            return IntStream.range(0, ways.size())
                    .boxed()
                    .sorted(Comparator.comparingInt(
                            w -> states.indexOf(ways.get(w).transition().from())))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
    }

    private final Grid grid;
    private final List<Way> ways;
    private final SurvivalForm form;
    /** By step, the share that moves. */
    private final double[] move;
    /** By step that is the first of its state at its time: what of the state stays; else NaN. */
    private final double[] stay;
    /** By step, what the hazard was divided by so that all of a state's add to no more than 1. */
    private final double[] divisor;

    private final double horizon;
    private final double tooLarge;

    HazardCourse(Grid grid, List<Way> ways, SurvivalForm form, double horizon) {
        this.grid = grid;
        this.ways = List.copyOf(ways);
        this.form = form;
        this.horizon = horizon;
        double[][] hazards = ways.stream().map(w -> w.curve().hazardSteps()).toArray(double[][]::new);
        int n = grid.way.length;
        this.move = new double[n];
        this.stay = new double[n];
        this.divisor = new double[n];
        for (int e = 0; e < n; e++) {
            move[e] = hazards[grid.way[e]][grid.place[e]];
        }
        this.tooLarge = settle();
    }

    /** Turns hazards into shares, and gives the first time at which those of a state were too large; NaN for none. */
    private double settle() {
        double found = Double.NaN;
        for (int u = 0; u < grid.time.length; u++) {
            for (int e = grid.begin[u]; e < grid.begin[u + 1]; e = grid.end[e]) {
                int end = grid.end[e];
                double sum = 0;
                for (int i = e; i < end; i++) {
                    sum += move[i];
                }
                boolean all = form == SurvivalForm.PRODUCT_LIMIT && sum > 1;
                if (all && Double.isNaN(found)) {
                    found = grid.time[u];
                }
                Arrays.fill(stay, e, end, Double.NaN);
                stay[e] = form == SurvivalForm.EXPONENTIAL ? Math.exp(-sum) : all ? 0 : 1 - sum;
                for (int i = e; i < end; i++) {
                    divisor[i] = all ? sum : 1;
                    move[i] /= divisor[i];
                }
            }
        }
        return found;
    }

    /** Refuses covariates that no model has. */
    static void requireKnown(CovariatePath path, Set<String> known) {
        for (CovariateProfile profile : path.profiles()) {
            for (String name : profile.names()) {
                if (!known.contains(name)) {
                    throw InvalidArgumentException.of("covariate", name, "one of " + known);
                }
            }
        }
    }

    SurvivalForm form() {
        return form;
    }

    List<String> states() {
        return grid.states;
    }

    double[] times() {
        return grid.time;
    }

    /** The end of what is known. */
    double horizon() {
        return horizon;
    }

    /** The first time at which the hazards out of a state add to more than 1; NaN for none. */
    double tooLarge() {
        return tooLarge;
    }

    boolean isKnown(double t) {
        return t <= horizon || grid.rule.joins(horizon, t);
    }

    /** How many times are at or before t. */
    int countUpTo(double t) {
        return TimeSearch.lastAtOrBefore(t, 0, grid.time.length, i -> grid.time[i], grid.rule::joins) + 1;
    }

    /** By number of times passed, from some on, the probabilities of the states. */
    double[][] forward(int first, int start) {
        int k = grid.states.size();
        double[][] p = new double[grid.time.length - first + 1][k];
        p[0][start] = 1;
        for (int u = first; u < grid.time.length; u++) {
            double[] before = p[u - first];
            double[] after = p[u - first + 1];
            System.arraycopy(before, 0, after, 0, k);
            for (int e = grid.begin[u]; e < grid.begin[u + 1]; e++) {
                after[grid.to[e]] += before[grid.from[e]] * move[e];
                if (!Double.isNaN(stay[e])) {
                    after[grid.from[e]] -= before[grid.from[e]] * (1 - stay[e]);
                }
            }
        }
        return p;
    }

    /**
     * What a quantity changes with each step of hazard between two counts of times.
     *
     * @param p the probabilities, from the first count on
     * @param last what it is in each state at the end
     * @param reward by state, what a unit of time in it adds; empty for none
     * @param end the time at which it ends
     * @return by step from the first count's
     */
    double[] derivatives(double[][] p, int first, int until, double[] last, double[] reward, double end) {
        double[] v = last.clone();
        double[] next = new double[v.length];
        double[] change = new double[grid.begin[until] - grid.begin[first]];
        double after = end;
        for (int u = until - 1; u >= first; u--) {
            addTime(v, reward, after - grid.time[u]);
            after = Math.min(after, grid.time[u]);
            System.arraycopy(v, 0, next, 0, v.length);
            for (int e = grid.begin[u]; e < grid.begin[u + 1]; ) {
                int stop = grid.end[e];
                int a = grid.from[e];
                double moved = 0;
                for (int i = e; i < stop; i++) {
                    moved += move[i] * v[grid.to[i]];
                }
                boolean all = divisor[e] > 1;
                double c = form == SurvivalForm.EXPONENTIAL ? stay[e] : 1;
                double against = all ? moved : c * v[a];
                for (int i = e; i < stop; i++) {
                    change[i - grid.begin[first]] = p[u - first][a] * (v[grid.to[i]] - against) / divisor[i];
                }
                next[a] = stay[e] * v[a] + moved;
                e = stop;
            }
            System.arraycopy(next, 0, v, 0, v.length);
        }
        return change;
    }

    private static void addTime(double[] v, double[] reward, double length) {
        for (int j = 0; j < reward.length; j++) {
            v[j] += reward[j] * length;
        }
    }

    /** The time in each state between two times, after a number of times each. */
    double[] spent(double[][] p, int first, double start, int until, double end) {
        double[] sum = new double[grid.states.size()];
        double before = start;
        for (int u = first; u <= until; u++) {
            double next = u < until ? grid.time[u] : end;
            for (int j = 0; j < sum.length; j++) {
                sum[j] += (next - before) * p[u - first][j];
            }
            before = next;
        }
        return sum;
    }

    /**
     * The joint covariance of quantities by what they change with each step from the first count's; NaN where a fit has no
     * errors.
     */
    double[][] covariance(int first, List<double[]> changes) {
        int n = changes.size();
        double[][] v = new double[n][n];
        double[][] influence = new double[n][0];
        for (CoxFit fit : ways.stream().map(Way::fit).distinct().toList()) {
            List<HazardCombination> sums = changes.stream()
                    .map(c -> combination(fit, grid.begin[first], c))
                    .toList();
            boolean robust = n > 0 && fit.hasRobustErrors();
            double[][] ofFit = robust ? new double[0][] : fit.covariance(sums);
            for (int i = 0; i < n; i++) {
                if (robust) {
                    double[] of = fit.influence(sums.get(i));
                    influence[i] = influence[i].length == 0 ? of : sum(influence[i], of);
                } else {
                    v[i] = sum(v[i], ofFit[i]);
                }
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n && influence[i].length > 0; j++) {
                for (int c = 0; c < influence[i].length; c++) {
                    v[i][j] += influence[i][c] * influence[j][c];
                }
            }
        }
        return v;
    }

    private static double[] sum(double[] a, double[] b) {
        double[] sum = new double[a.length];
        Arrays.setAll(sum, i -> a[i] + b[i]);
        return sum;
    }

    private HazardCombination combination(CoxFit fit, int firstStep, double[] change) {
        double[][] multiples = new double[ways.size()][];
        for (int e = 0; e < change.length; e++) {
            int w = grid.way[firstStep + e];
            if (ways.get(w).fit() == fit) {
                if (multiples[w] == null) {
                    multiples[w] = new double[ways.get(w).curve().jumpTimes().length];
                }
                multiples[w][grid.place[firstStep + e]] = change[e];
            }
        }
        HazardCombination.Builder sum = HazardCombination.of(fit);
        for (int w = 0; w < multiples.length; w++) {
            if (multiples[w] != null) {
                sum.addSteps(ways.get(w).curve(), multiples[w]);
            }
        }
        return sum.build();
    }

    List<Way> ways() {
        return ways;
    }

    /** The same without what leaves a state. */
    HazardCourse staying(String in) {
        List<Way> others =
                ways.stream().filter(w -> !w.transition().from().equals(in)).toList();
        return new HazardCourse(new Grid(grid.states, others, grid.rule), others, form, horizon);
    }

    /** By transition, the times of its steps and the shares that move. */
    Map<Transition, double[][]> steps() {
        double[][][] all = new double[ways.size()][2][];
        for (int w = 0; w < all.length; w++) {
            all[w][0] = ways.get(w).curve().jumpTimes();
            all[w][1] = new double[all[w][0].length];
        }
        for (int u = 0; u < grid.time.length; u++) {
            for (int e = grid.begin[u]; e < grid.begin[u + 1]; e++) {
                all[grid.way[e]][0][grid.place[e]] = grid.time[u];
                all[grid.way[e]][1][grid.place[e]] = move[e];
            }
        }
        Map<Transition, double[][]> byTransition = new LinkedHashMap<>();
        for (int w = 0; w < all.length; w++) {
            byTransition.put(ways.get(w).transition(), all[w]);
        }
        return byTransition;
    }
}
