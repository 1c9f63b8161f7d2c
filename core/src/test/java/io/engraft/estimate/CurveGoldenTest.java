package io.engraft.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Limits;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.Profile;
import io.engraft.data.Categories;
import io.engraft.data.Grouped;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import io.engraft.testing.GoldenFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every number of {@code golden/*.csv}, which {@code src/test/r/golden_curves.R} computed with R's survival (see
 * VERSIONS.txt), to a relative error of 1e-10.
 */
class CurveGoldenTest {

    private static final double TOLERANCE = 1e-10;
    /** What rounding leaves of survfit's jackknife error where the incidence is 1 and the error 0. */
    private static final double DUST = 1e-15;

    private static final GoldenFile KM = GoldenFile.read("/golden/km.csv");
    private static final GoldenFile AJ = GoldenFile.read("/golden/aj.csv");
    private static final GoldenFile AJ_ROBUST = GoldenFile.read("/golden/aj_survfit_ij.csv");
    private static final GoldenFile QUANTILES = GoldenFile.read("/golden/quantiles.csv");
    private static final GoldenFile RMST = GoldenFile.read("/golden/rmst.csv");

    /**
     * Where the lower limit of S first falls and then rises. Ours is the first time at which it is at 1 - p or below;
     * R's quantile takes the time at which it is highest after that, in three of these beyond R's own upper limit.
     */
    private static final List<String> LOWER_LIMIT_RISES = List.of(
            "quantile_near_ties_entry_loglog_95",
            "quantile_entry_ties_loglog_95",
            "quantile_entry_ties_logit_95",
            "quantile_entry_thin_loglog_95",
            "quantile_entry_gap_loglog_95");

    record Case(String name, GoldenFile file, List<Integer> rows) {
        @Override
        public String toString() {
            return name;
        }

        String option(String column) {
            return file.text(rows.get(0), column);
        }
    }

    static Stream<Case> km() {
        return cases(KM);
    }

    static Stream<Case> aj() {
        return cases(AJ);
    }

    static Stream<Case> robust() {
        return cases(AJ_ROBUST);
    }

    static Stream<Case> quantiles() {
        return cases(QUANTILES);
    }

    static Stream<Case> rmst() {
        return cases(RMST);
    }

    /**
     * All cases but those on timefix_chain, where the tie rules differ on purpose: R joins neighbours along a chain and
     * lets the mean of the other times widen the tolerance, Engraft compares with the chain's first time alone.
     */
    private static Stream<Case> cases(GoldenFile file) {
        return file.rowsBy("case").entrySet().stream()
                .map(e -> new Case(e.getKey(), file, e.getValue()))
                .filter(c -> !c.option("dataset").equals("timefix_chain"));
    }

    @Test
    void thereAreAtLeastAHundredCases() {
        assertThat(Stream.of(km(), aj(), quantiles(), rmst())
                        .mapToLong(Stream::count)
                        .sum())
                .isGreaterThanOrEqualTo(100);
    }

    static SurvivalData data(String name, boolean grouped) {
        return data(name, grouped, WeightType.FREQUENCY);
    }

    private static SurvivalData data(String name, boolean grouped, WeightType type) {
        GoldenFile file = GoldenFile.read("/golden/data/" + name + ".csv");
        SurvivalData.Builder data = SurvivalData.builder(file.numbers("time"), file.integers("status"));
        if (file.has("entry")) {
            data.entry(file.numbers("entry"));
        }
        if (file.has("weight")) {
            data.weights(file.numbers("weight"), type);
        }
        if (grouped) {
            data.group(Categories.of(file.texts("group")));
        }
        return data.build();
    }

    private static boolean isGrouped(Case c) {
        return !c.option("group").equals("all");
    }

    private static ConfidenceType type(Case c) {
        return Arrays.stream(ConfidenceType.values())
                .filter(t -> t.label().equals(c.option("conf_type")))
                .findFirst()
                .orElseThrow();
    }

    private static KaplanMeier kaplanMeier(Case c) {
        return KaplanMeier.withDefaults()
                .withProfile(Profile.R)
                .withConfidenceType(type(c))
                .withLevel(Double.parseDouble(c.option("level")));
    }

    @ParameterizedTest
    @MethodSource("km")
    void kaplanMeierAndNelsonAalenEqualSurvfit(Case c) {
        SurvivalData data = data(c.option("dataset"), isGrouped(c));
        Grouped<SurvivalEstimate> fit = kaplanMeier(c).fit(data);
        Grouped<HazardEstimate> hazards = NelsonAalen.withDefaults().fit(data);
        Checks checks = new Checks();
        for (Map.Entry<String, List<Integer>> group : byGroup(c).entrySet()) {
            SurvivalEstimate curve = fit.get(group.getKey());
            HazardEstimate hazard = hazards.get(group.getKey());
            Limits limits = curve.limits();
            assertThat(curve.size())
                    .as(c.name() + ", points of " + group.getKey())
                    .isEqualTo(group.getValue().size());
            for (int p = 0; p < curve.size(); p++) {
                int row = group.getValue().get(p);
                String at = group.getKey() + " at " + c.file().text(row, "time");
                checks.equal(c, row, "time", curve.time(p), at);
                checks.equal(c, row, "n_risk", curve.atRisk(p), at);
                checks.equal(c, row, "n_event", curve.events(p), at);
                checks.equal(c, row, "n_censor", curve.censored(p), at);
                checks.equal(c, row, "survival", curve.survival(p), at);
                checks.equal(c, row, "std_err", curve.standardError(p), at);
                checks.equal(c, row, "lower", limits.lower(p), at);
                checks.equal(c, row, "upper", limits.upper(p), at);
                checks.equal(c, row, "cumhaz", curve.cumulativeHazard(p), at);
                checks.equal(c, row, "cumhaz", hazard.cumulativeHazard(p), at);
                checks.equal(c, row, "std_chaz", hazard.standardError(p), at);
            }
        }
        checks.report(c);
    }

    @ParameterizedTest
    @MethodSource("aj")
    void aalenJohansenEqualsSurvfit(Case c) {
        checkIncidence(c, aalenJohansen(c).fit(data(c.option("dataset"), isGrouped(c))));
    }

    /** With delayed entry or weights survfit's error is the infinitesimal jackknife: ours where a robust one is asked for. */
    @ParameterizedTest
    @MethodSource("robust")
    void robustAalenJohansenEqualsSurvfitsJackknife(Case c) {
        // Whole weights are copies for R's script, others are weights of one row.
        boolean copies = c.option("dataset").equals("weights_entry");
        WeightType weights = copies ? WeightType.FREQUENCY : WeightType.SAMPLING;
        SurvivalData data = data(c.option("dataset"), isGrouped(c), weights);
        checkIncidence(c, aalenJohansen(c).withRobustVariance().fit(data));
    }

    private static AalenJohansen aalenJohansen(Case c) {
        return AalenJohansen.withDefaults()
                .withProfile(Profile.R)
                .withConfidenceType(type(c))
                .withLevel(Double.parseDouble(c.option("level")));
    }

    private static void checkIncidence(Case c, Grouped<IncidenceEstimate> fit) {
        Checks checks = new Checks();
        for (Map.Entry<String, List<Integer>> group : byGroup(c).entrySet()) {
            IncidenceEstimate all = fit.get(group.getKey());
            Map<String, List<Integer>> byCause = new java.util.LinkedHashMap<>();
            group.getValue()
                    .forEach(row -> byCause.computeIfAbsent(c.file().text(row, "cause"), k -> new ArrayList<>())
                            .add(row));
            byCause.forEach((cause, rows) -> {
                CauseIncidence curve = all.incidence(cause);
                Limits limits = curve.limits();
                assertThat(curve.size()).isEqualTo(rows.size());
                for (int p = 0; p < curve.size(); p++) {
                    int row = rows.get(p);
                    String at = group.getKey() + ", cause " + cause + " at "
                            + c.file().text(row, "time");
                    checks.equal(c, row, "time", curve.time(p), at);
                    checks.equal(c, row, "n_risk", all.atRisk(p), at);
                    checks.equal(c, row, "n_event", curve.events(p), at);
                    checks.equal(c, row, "incidence", curve.incidence(p), at);
                    if (c.file().number(row, "std_err") > 0 && c.file().number(row, "std_err") < DUST) {
                        assertThat(curve.incidence(p)).isEqualTo(1);
                        assertThat(curve.standardError(p)).isZero();
                        continue;
                    }
                    checks.equal(c, row, "std_err", curve.standardError(p), at);
                    checks.equal(c, row, "lower", limits.lower(p), at);
                    checks.equal(c, row, "upper", limits.upper(p), at);
                }
            });
        }
        checks.report(c);
    }

    @ParameterizedTest
    @MethodSource("quantiles")
    void quantilesEqualSurvfit(Case c) {
        Grouped<SurvivalEstimate> fit = kaplanMeier(c).fit(data(c.option("dataset"), isGrouped(c)));
        Checks checks = new Checks();
        for (int row : c.rows()) {
            SurvivalEstimate curve = fit.get(c.file().text(row, "group"));
            PointEstimate q = curve.quantile(c.file().number(row, "p"));
            String at = c.file().text(row, "group") + ", p " + c.file().text(row, "p");
            checks.equal(c, row, "quantile", q.optional().orElse(Double.NaN), at);
            double lower = q.interval().lower().orElse(Double.NaN);
            if (LOWER_LIMIT_RISES.contains(c.name())) {
                assertThat(lower)
                        .as(c.name() + " " + at)
                        .isLessThanOrEqualTo(c.file().number(row, "lower"));
            } else {
                checks.equal(c, row, "lower", lower, at);
            }
            checks.equal(c, row, "upper", q.interval().upper().orElse(Double.NaN), at);
        }
        checks.report(c);
    }

    @ParameterizedTest
    @MethodSource("rmst")
    void restrictedMeansEqualSurvfit(Case c) {
        Grouped<SurvivalEstimate> fit = KaplanMeier.withDefaults().fit(data(c.option("dataset"), isGrouped(c)));
        Checks checks = new Checks();
        for (int row : c.rows()) {
            SurvivalEstimate curve = fit.get(c.file().text(row, "group"));
            PointEstimate mean = curve.restrictedMean(c.file().number(row, "tau"));
            String at = c.file().text(row, "group") + ", tau " + c.file().text(row, "tau");
            checks.equal(c, row, "rmst", mean.optional().orElse(Double.NaN), at);
            checks.equal(c, row, "std_err", mean.standardError().orElse(Double.NaN), at);
        }
        checks.report(c);
    }

    private static Map<String, List<Integer>> byGroup(Case c) {
        Map<String, List<Integer>> groups = new java.util.LinkedHashMap<>();
        c.rows()
                .forEach(row -> groups.computeIfAbsent(c.file().text(row, "group"), k -> new ArrayList<>())
                        .add(row));
        return groups;
    }

    /** Collects differences, so that one failure shows all of them. */
    private static final class Checks {

        private final List<String> differences = new ArrayList<>();

        void equal(Case c, int row, String column, double actual, String at) {
            double expected = c.file().number(row, column);
            boolean same = Double.isNaN(expected) ? Double.isNaN(actual) : near(expected, actual);
            if (!same) {
                differences.add(at + ": " + column + " is " + actual + ", expected " + expected);
            }
        }

        private static boolean near(double expected, double actual) {
            return Math.abs(actual - expected) <= TOLERANCE * Math.abs(expected);
        }

        void report(Case c) {
            assertThat(differences.stream().limit(12))
                    .as(c.name() + ": " + differences.size() + " differences")
                    .isEmpty();
        }
    }
}
