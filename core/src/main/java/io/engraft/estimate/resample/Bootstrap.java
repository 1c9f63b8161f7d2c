package io.engraft.estimate.resample;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.data.Categories;
import io.engraft.data.EventTable;
import io.engraft.data.Grouped;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.estimate.internal.RiskSets;
import io.engraft.internal.Brief;
import io.engraft.internal.ChunkedRun;
import io.engraft.internal.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The bootstrap of a statistic of follow-up: subjects are drawn with replacement, as many as there are, and the
 * statistic is computed from each such sample.
 *
 * <p>A subject is a cluster where the data declare clusters, a patient where ids show that one has several rows, else a
 * row. Frequency weights are copies of a row, each a subject, and must be whole; sampling weights are refused. Late
 * entry is kept with its row. Replicate b of sample g draws from the stream (seed, b, g), so that the same seed gives
 * the same bits for any number of threads.
 *
 * <p>Ties are joined once, over all groups, before anything is drawn. A replicate whose statistic is not estimable
 * (follow-up ends before the time, the median is not reached) is counted and its reason given; where more than a stated
 * share are such, there is no interval.
 *
 * <p>B. Efron (1979). Bootstrap methods: another look at the jackknife. Annals of Statistics 7, 1-26; B. Efron (1981).
 * Censored data and the bootstrap. Journal of the American Statistical Association 76, 312-319.
 */
@CheckReturnValue
public final class Bootstrap {

    private static final int CHUNK = 16;
    private static final Bootstrap DEFAULT = new Bootstrap(new Settings(1000, 1, 0.95, 0.05, 0, TieRule.DEFAULT));

    private final Settings settings;

    private Bootstrap(Settings settings) {
        this.settings = settings;
    }

    /**
     * How it is done.
     *
     * @param replicates the number of samples
     * @param seed the seed
     * @param level the level of intervals
     * @param mostFailures the share of replicates that may fail
     * @param threads the number of threads, 0 for all cores
     * @param tieRule which times count as one
     */
    record Settings(int replicates, long seed, double level, double mostFailures, int threads, TieRule tieRule) {

        Map<String, String> conventions() {
            Map<String, String> all = new LinkedHashMap<>();
            all.put("replicates", Integer.toString(replicates));
            all.put("seed", Long.toString(seed));
            all.put("level", Double.toString(level));
            all.put("most failures", Double.toString(mostFailures));
            all.put("tie tolerance", Double.toString(tieRule.tolerance()));
            all.put("quantiles of replicates", "linear between order statistics, position (B - 1) p");
            return all;
        }

        int usedThreads() {
            return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        }
    }

    /**
     * 1000 replicates from seed 1, level 95 %, at most 5 % failures, all cores, ties within 1e-8 relative.
     *
     * @return the procedure
     */
    public static Bootstrap withDefaults() {
        return DEFAULT;
    }

    /**
     * Another number of replicates.
     *
     * @param number at least 2
     * @return the changed procedure
     */
    public Bootstrap withReplicates(int number) {
        Settings s = settings;
        Require.draws("replicates", number, 2);
        return new Bootstrap(new Settings(number, s.seed, s.level, s.mostFailures, s.threads, s.tieRule));
    }

    /**
     * Another seed.
     *
     * @param seed any number
     * @return the changed procedure
     */
    public Bootstrap withSeed(long seed) {
        Settings s = settings;
        return new Bootstrap(new Settings(s.replicates, seed, s.level, s.mostFailures, s.threads, s.tieRule));
    }

    /**
     * Another level of intervals.
     *
     * @param level strictly between 0 and 1
     * @return the changed procedure
     */
    public Bootstrap withLevel(double level) {
        Settings s = settings;
        Require.properFraction("level", level);
        return new Bootstrap(new Settings(s.replicates, s.seed, level, s.mostFailures, s.threads, s.tieRule));
    }

    /**
     * Another share of replicates that may fail before intervals are refused.
     *
     * @param share 0 to 1
     * @return the changed procedure
     */
    public Bootstrap withMostFailures(double share) {
        Settings s = settings;
        Require.probability("most failures", share);
        return new Bootstrap(new Settings(s.replicates, s.seed, s.level, share, s.threads, s.tieRule));
    }

    /**
     * Another number of threads; it changes no bit of the result.
     *
     * @param number at least 1
     * @return the changed procedure
     */
    public Bootstrap withThreads(int number) {
        Settings s = settings;
        Require.atLeast("threads", number, 1);
        return new Bootstrap(new Settings(s.replicates, s.seed, s.level, s.mostFailures, number, s.tieRule));
    }

    /**
     * Another rule for ties.
     *
     * @param rule the rule
     * @return the changed procedure
     */
    public Bootstrap withTieRule(TieRule rule) {
        Settings s = settings;
        return new Bootstrap(new Settings(s.replicates, s.seed, s.level, s.mostFailures, s.threads, rule));
    }

    /**
     * The bootstrap of all rows together.
     *
     * @param data follow-up, unweighted or with whole frequency weights
     * @param statistic what is computed from each sample
     * @return the replicates and what follows from them
     */
    public BootstrapResult fit(SurvivalData data, BootstrapStatistic statistic) {
        RiskSets sets =
                RiskSets.of(List.of(EventTable.of(data)), settings.tieRule).get(0);
        return run(List.of(ResamplePlan.of(data, data.canonicalOrder(), sets)), statistic, "");
    }

    /**
     * The bootstrap of a table's rows. (Draws differ from those of the same rows given as data, since the rows' order
     * does.)
     *
     * @param table counts without late entry, unweighted or with whole frequency weights
     * @param statistic what is computed from each sample
     * @return the replicates and what follows from them
     */
    public BootstrapResult fit(EventTable table, BootstrapStatistic statistic) {
        EventTable joined = table.joinTies(settings.tieRule);
        return run(List.of(ResamplePlan.of(joined, settings.tieRule)), statistic, "");
    }

    /**
     * One bootstrap a group.
     *
     * @param data follow-up, unweighted or with whole frequency weights
     * @param statistic what is computed from each sample
     * @return the results, in level order; the one group "all" without a group column
     */
    public Grouped<BootstrapResult> byGroup(SurvivalData data, BootstrapStatistic statistic) {
        Map<String, ResamplePlan> plans = plans(data);
        List<String> names = List.copyOf(plans.keySet());
        Map<String, BootstrapResult> results = new LinkedHashMap<>();
        for (String name : names) {
            results.put(name, new Run(List.of(plans.get(name)), names.indexOf(name), statistic).result(""));
        }
        return Grouped.of(results, r -> r);
    }

    /**
     * The difference of two groups: the first level's number less the second's, subjects drawn within each group.
     *
     * @param data follow-up of exactly two groups, unweighted or with whole frequency weights
     * @param statistic what is computed from each group's sample
     * @return the differences and what follows from them
     */
    public BootstrapResult difference(SurvivalData data, BootstrapStatistic statistic) {
        Map<String, ResamplePlan> plans = plans(data);
        if (plans.size() != 2) {
            throw InvalidArgumentException.of("number of groups", plans.size(), "2 for a difference");
        }
        List<String> names = List.copyOf(plans.keySet());
        return run(List.copyOf(plans.values()), statistic, ", " + names.get(0) + " less " + names.get(1));
    }

    private Map<String, ResamplePlan> plans(SurvivalData data) {
        Map<String, EventTable> tables = EventTable.byGroup(data);
        List<RiskSets> sets = RiskSets.of(List.copyOf(tables.values()), settings.tieRule);
        Categories group = data.group().orElse(null);
        int[] order = data.canonicalOrder();
        Map<String, ResamplePlan> plans = new LinkedHashMap<>();
        for (String name : tables.keySet()) {
            int g = plans.size();
            int[] rows = Arrays.stream(order)
                    .filter(i -> group == null || group.code(i) == g)
                    .toArray();
            plans.put(name, ResamplePlan.of(data, rows, sets.get(g)));
        }
        return plans;
    }

    private BootstrapResult run(List<ResamplePlan> plans, BootstrapStatistic statistic, String suffix) {
        return new Run(plans, 0, statistic).result(suffix);
    }

    /** One bootstrap of one sample, or of the difference of two. */
    private final class Run {

        private final List<ResamplePlan> plans;
        private final int firstSample;
        private final BootstrapStatistic statistic;

        Run(List<ResamplePlan> plans, int firstSample, BootstrapStatistic statistic) {
            this.plans = plans;
            this.firstSample = firstSample;
            this.statistic = statistic;
        }

        BootstrapResult result(String suffix) {
            List<Resample> originals = samples();
            originals.forEach(Resample::fill);
            double estimate = value(originals);
            double[] replicates = new double[settings.replicates];
            int chunks = (replicates.length + CHUNK - 1) / CHUNK;
            ChunkedRun.run(chunks, settings.usedThreads(), thread -> {
                List<Resample> own = samples();
                return chunk -> {
                    int to = Math.min(replicates.length, (chunk + 1) * CHUNK);
                    for (int b = chunk * CHUNK; b < to; b++) {
                        for (Resample sample : own) {
                            sample.draw(b);
                        }
                        replicates[b] = value(own);
                    }
                };
            });
            return new BootstrapResult(
                    statistic.name() + suffix, statistic.reason(), estimate, replicates, settings, this::jackknife);
        }

        private List<Resample> samples() {
            List<Resample> samples = new ArrayList<>();
            for (ResamplePlan plan : plans) {
                samples.add(new Resample(plan, settings.seed, firstSample + samples.size()));
            }
            return samples;
        }

        private double value(List<Resample> samples) {
            double first = finite(statistic.of(samples.get(0)));
            return samples.size() == 1 ? first : first - finite(statistic.of(samples.get(1)));
        }

        private double finite(double value) {
            return Double.isInfinite(value) ? Double.NaN : value;
        }

        /** The statistic without each subject, sample by sample. */
        private List<double[]> jackknife() {
            List<Resample> samples = samples();
            samples.forEach(Resample::fill);
            List<double[]> values = new ArrayList<>();
            for (int g = 0; g < plans.size(); g++) {
                double[] without = new double[plans.get(g).units()];
                Resample sample = samples.get(g);
                for (int u = 0; u < without.length; u++) {
                    sample.leaveOut(u, true);
                    without[u] = value(samples);
                    sample.leaveOut(u, false);
                }
                values.add(without);
            }
            return values;
        }
    }

    @Override
    public String toString() {
        return "bootstrap of " + settings.replicates() + " replicates, seed " + settings.seed() + ", level "
                + Brief.number(settings.level());
    }
}
