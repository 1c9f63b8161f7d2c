package io.engraft.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.curve.ConfidenceType;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Categories;
import io.engraft.data.Grouped;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.IncidenceEstimate;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import io.engraft.testing.GoldenFile;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every number of {@code golden/joint.csv}, which {@code src/test/r/golden_joint.R} computed from the influence matrices of
 * R's survfit (see VERSIONS_joint.txt): robust errors, covariances between groups that share clusters, chi-squares and
 * contrasts, to a relative error of 1e-10.
 */
class JointGoldenTest {

    private static final double TOLERANCE = 1e-10;
    private static final GoldenFile FILE = GoldenFile.read("/golden/joint.csv");

    record Case(String name, List<Integer> rows) {
        @Override
        public String toString() {
            return name;
        }

        String option(String column) {
            return FILE.text(rows.get(0), column);
        }
    }

    static Stream<Case> cases() {
        return FILE.rowsBy("case").entrySet().stream().map(e -> new Case(e.getKey(), e.getValue()));
    }

    private static SurvivalData data(String name) {
        GoldenFile file = GoldenFile.read("/golden/data/" + name + ".csv");
        SurvivalData.Builder data = SurvivalData.builder(file.numbers("time"), file.integers("status"))
                .causes(List.of("1", "2"))
                .group(Categories.of(file.texts("group")));
        if (file.has("entry")) {
            data.entry(file.numbers("entry"));
        }
        if (file.has("weight")) {
            data.weights(file.numbers("weight"), WeightType.SAMPLING);
        }
        if (file.has("cluster")) {
            data.cluster(Categories.of(file.texts("cluster")));
        }
        if (file.has("id")) {
            data.id(Categories.of(file.texts("id"))).recurrent();
        }
        return data.build();
    }

    private static ConfidenceType scale(String label) {
        return Stream.of(ConfidenceType.values())
                .filter(type -> type.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    /** What a measure is in one case: its test, and its estimates and covariances from the curves. */
    private record Fitted(TestResult result, Estimates estimates, Covariances covariances) {}

    private interface Estimates {
        PointEstimate of(String group);
    }

    private interface Covariances {
        double of(String group, String other);
    }

    private static Fitted fit(Case c) {
        SurvivalData data = data(c.option("dataset"));
        double at = Double.parseDouble(c.option("at"));
        if (c.option("measure").equals("incidence")) {
            int cause = Integer.parseInt(c.option("cause"));
            String label = String.valueOf(cause);
            Grouped<IncidenceEstimate> fits = AalenJohansen.withDefaults().fit(data);
            return new Fitted(
                    FixedTimeTest.forTime(at)
                            .withCause(cause)
                            .withScale(scale(c.option("scale")))
                            .withPairs(PairwiseAdjustment.HOLM)
                            .test(data),
                    group -> fits.get(group).incidence(label).incidenceAt(at),
                    (group, other) -> fits.get(group)
                            .incidence(label)
                            .incidenceCovariance(fits.get(other).incidence(label), at)
                            .orElseThrow());
        }
        Grouped<SurvivalEstimate> fits = KaplanMeier.withDefaults().fit(data);
        if (c.option("measure").equals("rmst")) {
            return new Fitted(
                    RestrictedMeanTest.forHorizon(at)
                            .withPairs(PairwiseAdjustment.HOLM)
                            .test(data),
                    group -> fits.get(group).restrictedMean(at),
                    (group, other) -> fits.get(group)
                            .restrictedMeanCovariance(fits.get(other), at)
                            .orElseThrow());
        }
        return new Fitted(
                FixedTimeTest.forTime(at)
                        .withScale(scale(c.option("scale")))
                        .withPairs(PairwiseAdjustment.HOLM)
                        .test(data),
                group -> fits.get(group).survivalAt(at),
                (group, other) ->
                        fits.get(group).survivalCovariance(fits.get(other), at).orElseThrow());
    }

    @Test
    void thereAreAtLeastSeventyCases() {
        assertThat(cases().count()).isGreaterThanOrEqualTo(70);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void equalsR(Case c) {
        Fitted fitted = fit(c);
        TestResult result = fitted.result();
        assertThat(result.conventions()).containsEntry("variance", "robust (infinitesimal jackknife)");
        for (int row : c.rows()) {
            String group = FILE.text(row, "group");
            String other = FILE.text(row, "other");
            String quantity = FILE.text(row, "quantity");
            double actual = switch (quantity) {
                case "estimate" -> fitted.estimates().of(group).estimate();
                case "std_err" -> fitted.estimates().of(group).standardError().orElseThrow();
                case "covariance" -> fitted.covariances().of(group, other);
                case "chisq" -> result.statistic();
                case "p" -> result.pValue();
                case "difference" ->
                    contrast(result, group, other, "difference").estimate().orElseThrow();
                case "difference_upper" -> upper(contrast(result, group, other, "difference"));
                case "ratio_upper" -> upper(contrast(result, group, other, "ratio"));
                case "lost_ratio_upper" -> upper(contrast(result, group, other, "time-lost ratio"));
                case "z" -> contrast(result, group, other, "difference").z();
                default -> throw new AssertionError(quantity);
            };
            double expected = FILE.number(row, "value");
            // What is a difference of two near numbers, or a sum of products that all but cancels, keeps the digits of
            // these.
            double size = quantity.equals("covariance")
                    ? error(fitted, group) * error(fitted, other)
                    : Math.abs(expected) + (quantity.startsWith("difference") || quantity.equals("z") ? 0.01 : 0);
            assertThat(Math.abs(actual - expected))
                    .as("%s %s %s %s: %s, expected %s", c, quantity, group, other, actual, expected)
                    .isLessThanOrEqualTo(TOLERANCE * size);
        }
    }

    private static double error(Fitted fitted, String group) {
        return fitted.estimates().of(group).standardError().orElseThrow();
    }

    private static double upper(TestResult.Contrast contrast) {
        return Objects.requireNonNull(contrast.interval()).upper().orElseThrow();
    }

    private static TestResult.Contrast contrast(TestResult result, String group, String against, String measure) {
        return result.contrasts().stream()
                .filter(c -> c.group().equals(group)
                        && c.against().equals(against)
                        && c.measure().equals(measure))
                .findFirst()
                .orElseThrow();
    }
}
