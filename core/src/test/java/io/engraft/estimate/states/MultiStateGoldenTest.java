package io.engraft.estimate.states;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.curve.PointEstimate;
import io.engraft.data.Categories;
import io.engraft.data.MultiStateCheck;
import io.engraft.data.MultiStateCheck.Kind;
import io.engraft.data.MultiStateData;
import io.engraft.data.WeightType;
import io.engraft.testing.GoldenFile;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every number of {@code golden/ms_*.csv}, which {@code src/test/r/golden_multistate.R} computed with R's survival and
 * etm (see VERSIONS_multistate.txt), to a relative error of 1e-10. That script says where survfit differs by definition.
 */
class MultiStateGoldenTest {

    private static final double TOLERANCE = 1e-10;
    private static final GoldenFile OCCUPANCY = GoldenFile.read("/golden/ms_occupancy.csv");
    private static final GoldenFile SOJOURN = GoldenFile.read("/golden/ms_sojourn.csv");
    private static final GoldenFile HAZARD = GoldenFile.read("/golden/ms_hazard.csv");
    private static final GoldenFile TRANSITION = GoldenFile.read("/golden/ms_transition.csv");
    private static final GoldenFile COVARIANCE = GoldenFile.read("/golden/ms_covariance.csv");
    private static final GoldenFile CHECK = GoldenFile.read("/golden/ms_check.csv");

    private static final List<String> JMML =
            List.of("remission", "relapsed", "second remission", "dead without relapse", "dead after relapse");

    private final Map<String, MultiStateData> read = new HashMap<>();

    private static List<String> states(String dataset) {
        if (dataset.contains("bmtcrr")) {
            return List.of("alive", "relapse", "death");
        }
        return dataset.contains("jmml") || dataset.equals("weights_row") ? JMML : List.of("healthy", "ill", "dead");
    }

    private static MultiStateData.Builder builder(String dataset, WeightType type) {
        GoldenFile file = GoldenFile.read("/golden/data/ms_" + dataset + ".csv");
        MultiStateData.Builder data = MultiStateData.builder(
                        file.numbers("time"), Categories.of(file.texts("from")), Categories.of(file.texts("to")))
                .states(states(dataset))
                .entry(file.numbers("entry"))
                .id(Categories.of(file.texts("id")));
        if (file.has("weight")) {
            data.weights(file.numbers("weight"), type);
        }
        if (file.has("group")) {
            data.group(Categories.of(file.texts("group")));
        }
        if (file.has("cluster")) {
            data.cluster(Categories.of(file.texts("cluster")));
        }
        return data;
    }

    private OccupancyEstimate fit(
            String dataset, String group, double start, String given, OccupancyVariance variance) {
        boolean delta = variance == OccupancyVariance.DELTA;
        MultiStateData data = read.computeIfAbsent(
                dataset + delta,
                key -> builder(dataset, delta ? WeightType.FREQUENCY : WeightType.SAMPLING)
                        .build());
        StateOccupancy procedure =
                StateOccupancy.withDefaults().withStart(start).withVariance(variance);
        if (!given.isEmpty()) {
            String[] shares = given.split(";");
            Map<String, Double> start0 = new LinkedHashMap<>();
            for (int j = 0; j < shares.length; j++) {
                start0.put(states(dataset).get(j), Double.valueOf(shares[j]));
            }
            procedure = procedure.withStartDistribution(start0);
        }
        return procedure.fit(data).get(group);
    }

    private static void close(String what, double ours, double expected) {
        // Values that are 0 but for rounding have no relative error.
        assertThat(Math.abs(ours - expected))
                .as("%s: %s, expected %s", what, ours, expected)
                .isLessThanOrEqualTo(TOLERANCE * Math.abs(expected) + 1e-15);
    }

    private static double error(PointEstimate estimate) {
        return estimate.standardError().orElseThrow();
    }

    private static Stream<DynamicTest> cases(GoldenFile file, java.util.function.Consumer<List<Integer>> test) {
        return file.rowsBy(file.has("case") ? "case" : "dataset").entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> test.accept(e.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> occupancyIsSurvfits() {
        return cases(OCCUPANCY, rows -> {
            int r0 = rows.get(0);
            OccupancyEstimate all = fit(
                    OCCUPANCY.text(r0, "dataset"),
                    OCCUPANCY.text(r0, "group"),
                    OCCUPANCY.number(r0, "start"),
                    OCCUPANCY.text(r0, "p0"),
                    OccupancyVariance.ROBUST);
            double[] times = new double[all.size()];
            Arrays.setAll(times, all::time);
            int k = 0;
            for (int r : rows) {
                double t = OCCUPANCY.number(r, "time");
                String state = OCCUPANCY.text(r, "state");
                String what = OCCUPANCY.text(r, "case") + " " + state + " at " + t;
                int i = Arrays.binarySearch(times, t);
                assertThat(i).as(what).isNotNegative();
                close(what, all.probability(state, i), OCCUPANCY.number(r, "probability"));
                close(what + " error", all.standardError(state, i), OCCUPANCY.number(r, "std_err"));
                if (k++ % 3 == 0) {
                    close(what + " backward", error(all.probabilityAt(state, t)), OCCUPANCY.number(r, "std_err"));
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> timesInStatesAreSurvfits() {
        return cases(SOJOURN, rows -> {
            for (int r : rows) {
                PointEstimate time = fit(
                                SOJOURN.text(r, "dataset"),
                                SOJOURN.text(r, "group"),
                                SOJOURN.number(r, "start"),
                                SOJOURN.text(r, "p0"),
                                OccupancyVariance.ROBUST)
                        .timeIn(SOJOURN.text(r, "state"), SOJOURN.number(r, "tau"));
                String what = SOJOURN.text(r, "case") + " " + SOJOURN.text(r, "state");
                close(what, time.estimate(), SOJOURN.number(r, "time_in"));
                close(what + " error", error(time), SOJOURN.number(r, "std_err"));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> hazardsAreSurvfits() {
        return cases(HAZARD, rows -> {
            // Fractions are weights of a sample, which no Poisson variance is for.
            boolean fractions = HAZARD.text(rows.get(0), "dataset").matches("weights_(row|subject)");
            List<OccupancyVariance> variances = fractions
                    ? List.of(OccupancyVariance.ROBUST)
                    : List.of(OccupancyVariance.ROBUST, OccupancyVariance.DELTA);
            for (OccupancyVariance variance : variances) {
                OccupancyEstimate all =
                        fit(HAZARD.text(rows.get(0), "dataset"), HAZARD.text(rows.get(0), "group"), 0, "", variance);
                for (int r : rows) {
                    TransitionHazard hazard = all.hazard(HAZARD.text(r, "from"), HAZARD.text(r, "to"));
                    PointEstimate h = hazard.cumulativeHazardAt(HAZARD.number(r, "time"));
                    String what = HAZARD.text(r, "case") + " " + hazard.transition() + " at " + HAZARD.text(r, "time");
                    close(what, h.estimate(), HAZARD.number(r, "hazard"));
                    String column = variance == OccupancyVariance.ROBUST ? "robust" : "poisson";
                    close(what + " " + column, error(h), HAZARD.number(r, column));
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> transitionProbabilitiesAreEtms() {
        return cases(TRANSITION, rows -> {
            OccupancyEstimate all = fit(TRANSITION.text(rows.get(0), "dataset"), "all", 0, "", OccupancyVariance.DELTA);
            TransitionProbabilities matrix = null;
            double before = Double.NaN;
            for (int r : rows) {
                double t = TRANSITION.number(r, "t");
                matrix = t == before && matrix != null ? matrix : all.transitions(TRANSITION.number(r, "s"), t);
                before = t;
                PointEstimate p = matrix.probability(TRANSITION.text(r, "from"), TRANSITION.text(r, "to"));
                String what = TRANSITION.text(r, "case") + " " + TRANSITION.text(r, "from") + " to "
                        + TRANSITION.text(r, "to") + " at " + t;
                close(what, p.estimate(), TRANSITION.number(r, "probability"));
                close(what + " error", error(p), TRANSITION.number(r, "std_err"));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> covariancesAreEtms() {
        return cases(COVARIANCE, rows -> {
            OccupancyEstimate all = fit(COVARIANCE.text(rows.get(0), "dataset"), "all", 0, "", OccupancyVariance.DELTA);
            double[][] matrix = new double[0][];
            double before = Double.NaN;
            for (int r : rows) {
                double t = COVARIANCE.number(r, "t");
                matrix = t == before
                        ? matrix
                        : all.transitions(COVARIANCE.number(r, "s"), t).covariance();
                before = t;
                int a = (int) COVARIANCE.number(r, "row");
                int b = (int) COVARIANCE.number(r, "column");
                close(
                        COVARIANCE.text(r, "case") + " at " + t + " of " + a + ", " + b,
                        matrix[a][b],
                        COVARIANCE.number(r, "covariance"));
            }
        });
    }

    @Test
    @SuppressWarnings("checkstyle:MethodName") // the name by which the case is known
    void ms_overlapGapTeleport() {
        for (int r = 0; r < CHECK.size(); r++) {
            String name = CHECK.text(r, "dataset");
            MultiStateCheck found = builder(name, WeightType.FREQUENCY).check();
            List<Long> overlaps = Stream.concat(found.rows(Kind.OVERLAP).stream(), found.rows(Kind.DUPLICATE).stream())
                    .sorted()
                    .toList();
            assertThat(overlaps).as(name + " overlap").isEqualTo(rows(r, "overlap"));
            assertThat(found.rows(Kind.GAP)).as(name + " gap").isEqualTo(rows(r, "gap"));
            assertThat(found.rows(Kind.JUMP)).as(name + " jump").isEqualTo(rows(r, "jump"));
            assertThat(found.rows(Kind.TELEPORT)).as(name + " teleport").isEqualTo(rows(r, "teleport"));
        }
    }

    private static List<Long> rows(int r, String flag) {
        String text = CHECK.text(r, flag + "_rows");
        List<Long> rows = text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(";")).map(Long::valueOf).toList();
        assertThat(rows).hasSize((int) CHECK.number(r, flag));
        return rows;
    }
}
