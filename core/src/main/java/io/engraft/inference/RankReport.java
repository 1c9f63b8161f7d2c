package io.engraft.inference;

import io.engraft.InvalidArgumentException;
import io.engraft.data.Clusters;
import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Turns rank sums into the result of a rank test. */
final class RankReport {

    private static final String NOTHING =
            "no event time with a weight above 0 had two or more groups at risk and survivors, so there is nothing"
                    + " to compare";

    private final LogRankTest.Settings settings;
    private final List<String> groups;
    private final Function<List<String>, RankSums> sums;
    private final ToLongFunction<String> rows;
    private final Map<String, String> conventions;

    private RankReport(
            LogRankTest.Settings settings,
            List<String> groups,
            Function<List<String>, RankSums> sums,
            ToLongFunction<String> rows,
            int strata,
            Map<String, String> extra) {
        int scores = settings.scores().size();
        if (scores > 0 && scores != groups.size()) {
            throw InvalidArgumentException.of("number of scores", scores, groups.size() + ", one a group");
        }
        this.settings = settings;
        this.groups = groups;
        this.sums = sums;
        this.rows = rows;
        this.conventions = new LinkedHashMap<>();
        conventions.put("weight", settings.weight().label());
        conventions.put("tieTolerance", String.valueOf(settings.tieRule().tolerance()));
        conventions.put("atRisk", "entry < t <= time");
        conventions.putAll(extra);
        if (strata > 1) {
            conventions.put("strata", String.valueOf(strata));
        }
        if (settings.pairs() != PairwiseAdjustment.NO_PAIRS) {
            Samples.requirePairs(groups.size());
            conventions.put("pairs", settings.pairs().label());
        }
    }

    /** From tables: model-based covariance. */
    static RankReport of(LogRankTest.Settings settings, Samples read) {
        read.strata().forEach(stratum -> stratum.values().forEach(RankReport::requireModelBased));
        Samples samples = read.joined(settings.tieRule());
        Function<List<String>, RankSums> sums = some -> {
            RankSums found = new RankSums(some.size(), settings.weight());
            samples.strata().forEach(stratum -> found.addStratum(some, stratum));
            return found;
        };
        return new RankReport(
                settings,
                samples.groups(),
                sums,
                samples::rows,
                samples.strata().size(),
                Map.of());
    }

    private static void requireModelBased(EventTable table) {
        if (table.weightType().orElse(WeightType.FREQUENCY) == WeightType.SAMPLING) {
            throw new InvalidArgumentException("weight type is sampling, whose variance must be robust, from rows;"
                    + " allowed here: frequency weights, or SurvivalData");
        }
    }

    /** From rows counted by group. */
    static RankReport counted(
            LogRankTest.Settings settings, List<String> groups, GroupCounting counting, String source) {
        counting.requireRows(groups, source);
        Function<List<String>, RankSums> sums = some -> {
            RankSums found = new RankSums(some.size(), settings.weight());
            found.addCounts(counting.of(some.stream().mapToInt(groups::indexOf).toArray()), settings.tieRule());
            return found;
        };
        return new RankReport(settings, groups, sums, group -> counting.rows(groups.indexOf(group)), 1, Map.of());
    }

    /** From rows: robust covariance. */
    static RankReport robust(LogRankTest.Settings settings, Samples samples, SurvivalData data) {
        RobustScores scores =
                new RobustScores(data.inOrder(data.canonicalOrder()), settings.weight(), settings.tieRule());
        Clusters.Unit unit = Clusters.of(data).unit();
        String by = unit == Clusters.Unit.ID ? "patient" : unit.label();
        Map<String, String> extra = new LinkedHashMap<>();
        extra.put("variance", "robust, by " + by);
        data.weightType().ifPresent(type -> extra.put("weights", type.label()));
        return new RankReport(
                settings,
                samples.groups(),
                scores::sums,
                samples::rows,
                samples.strata().size(),
                extra);
    }

    TestResult result() {
        return draft(sums.apply(groups)).result();
    }

    /** The result with another p-value, which is asked for where there is a statistic. */
    TestResult permuted(Supplier<Permutation.Outcome> permutation) {
        RankSums all = sums.apply(groups);
        QuadraticForm form = QuadraticForm.of(all);
        TestResult.Draft draft = withGroups(all);
        if (form.df() == 0) {
            return draft.absent(NOTHING).result();
        }
        Permutation.Outcome outcome = permutation.get();
        return draft.statistic(form.statistic(), form.df(), outcome.pValue())
                .conventions(Map.of("reference", outcome.reference()))
                .result();
    }

    private TestResult.Draft draft(RankSums all) {
        TestResult.Draft draft = withGroups(all).warnings(all.warnings(groups));
        String meaningless = all.meaningless();
        draft = meaningless.isEmpty() ? draft.chiSquare(QuadraticForm.of(all), NOTHING) : draft.absent(meaningless);
        if (!settings.scores().isEmpty()) {
            draft.contrasts(trend(all));
        }
        if (settings.pairs() != PairwiseAdjustment.NO_PAIRS) {
            draft.contrasts(pairs());
        }
        return draft;
    }

    private TestResult.Draft withGroups(RankSums all) {
        TestResult.Draft draft = new TestResult.Draft(settings.weight().label()).conventions(conventions);
        for (int g = 0; g < groups.size(); g++) {
            draft.group(new TestResult.GroupCount(
                    groups.get(g),
                    rows.applyAsLong(groups.get(g)),
                    all.observed()[g],
                    OptionalDouble.of(all.expected()[g]),
                    Optional.empty()));
        }
        return draft;
    }

    private Comparisons trend(RankSums all) {
        double[] c = centred(
                settings.scores().stream().mapToDouble(Double::doubleValue).toArray());
        Comparisons found = new Comparisons();
        double total = 0;
        double variance = 0;
        int highest = 0;
        int lowest = 0;
        for (int g = 0; g < c.length; g++) {
            highest = c[g] > c[highest] ? g : highest;
            lowest = c[g] < c[lowest] ? g : lowest;
            // O - E sums to 0 and so do the rows of V, so only differences of scores matter, and keep their digits.
            total += (c[g] - c[0]) * (all.observed()[g] - all.expected()[g]);
            for (int h = 0; h < g; h++) {
                double difference = c[g] - c[h];
                variance -= difference * difference * all.variance()[g][h];
            }
        }
        if (variance > 0 && all.meaningless().isEmpty()) {
            found.add(groups.get(highest), groups.get(lowest), "trend", total / Math.sqrt(variance));
        } else {
            found.missing("trend");
        }
        return found;
    }

    /** The scores on [-1, 1]: z is the same, and neither years nor huge scores cost digits. */
    private static double[] centred(double[] scores) {
        double least = Arrays.stream(scores).min().orElseThrow();
        double most = Arrays.stream(scores).max().orElseThrow();
        double middle = least / 2 + most / 2;
        double half = most / 2 - least / 2;
        return Arrays.stream(scores).map(c -> (c - middle) / half).toArray();
    }

    private Comparisons pairs() {
        Comparisons found = new Comparisons();
        for (int g = 0; g < groups.size(); g++) {
            for (int h = g + 1; h < groups.size(); h++) {
                RankSums two = sums.apply(new ArrayList<>(List.of(groups.get(g), groups.get(h))));
                double variance = two.variance()[0][0];
                if (variance > 0 && two.meaningless().isEmpty()) {
                    double z = (two.observed()[0] - two.expected()[0]) / Math.sqrt(variance);
                    found.add(groups.get(g), groups.get(h), "pair", z);
                } else {
                    found.missing(groups.get(g) + " against " + groups.get(h));
                }
            }
        }
        return found.adjusted(settings.pairs());
    }
}
