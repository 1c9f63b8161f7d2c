package io.engraft.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FitStatus;
import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.estimate.hazard.LifeTable;
import io.engraft.estimate.hazard.LifeTableEstimate;
import io.engraft.estimate.hazard.SmoothedHazard;
import io.engraft.estimate.hazard.SmoothedHazardEstimate;
import io.engraft.estimate.hazard.SmoothingKernel;
import io.engraft.estimate.interval.Turnbull;
import io.engraft.estimate.interval.TurnbullEstimate;
import io.engraft.estimate.resample.PseudoValueTable;
import io.engraft.estimate.resample.PseudoValues;
import io.engraft.testing.GoldenFile;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every number that {@code src/test/r/golden_estimators.R} computed with R (VERSIONS_estimators.txt). */
class EstimatorsGoldenTest {

    record Case(String name, GoldenFile file, List<Integer> rows) {
        @Override
        public String toString() {
            return name;
        }

        String text(String column) {
            return file.text(rows.get(0), column);
        }

        double number(String column) {
            return file.number(rows.get(0), column);
        }
    }

    private static Stream<Case> cases(String name) {
        GoldenFile file = GoldenFile.read("/golden/" + name + ".csv");
        return file.rowsBy("case").entrySet().stream().map(e -> new Case(e.getKey(), file, e.getValue()));
    }

    static Stream<Case> pseudo() {
        return cases("pseudo");
    }

    static Stream<Case> critical() {
        return cases("band_critical");
    }

    static Stream<Case> bands() {
        return cases("band_limits");
    }

    static Stream<Case> turnbull() {
        return cases("turnbull");
    }

    static Stream<Case> lifeTables() {
        return cases("lifetable");
    }

    static Stream<Case> smoothed() {
        return cases("smoothed");
    }

    private static SurvivalData data(Case c) {
        GoldenFile file = GoldenFile.read("/golden/data/" + c.text("data") + ".csv");
        return SurvivalData.of(file.numbers("time"), file.integers("status"));
    }

    private static void same(double actual, double expected, double tolerance, String where) {
        if (Double.isNaN(expected)) {
            assertThat(actual).as(where).isNaN();
        } else {
            assertThat(actual).as(where).isCloseTo(expected, within(tolerance * Math.max(1e-3, Math.abs(expected))));
        }
    }

    @ParameterizedTest
    @MethodSource("pseudo")
    void pseudoValues(Case c) {
        PseudoValues procedure = PseudoValues.withDefaults();
        double t = c.number("t");
        PseudoValueTable values = switch (c.text("item")) {
            case "survival" -> procedure.survival(data(c), t);
            case "rmst" -> procedure.restrictedMean(data(c), t);
            case "incidence" -> procedure.incidence(data(c), c.text("cause"), t);
            default -> procedure.timeLost(data(c), c.text("cause"), t);
        };
        assertThat(values.rows()).isEqualTo(c.rows().size());
        // R's differences n T - (n - 1) T(-i) themselves lose digits, as many as n and tau have.
        double scale = c.rows().size() * (c.text("item").matches("rmst|lost") ? t : 1);
        for (int i = 0; i < values.rows(); i++) {
            double expected = c.file().number(c.rows().get(i), "value");
            assertThat(values.value(i, 0))
                    .as("row " + i)
                    .isCloseTo(expected, within(1e-10 * Math.abs(expected) + 1e-14 * scale));
        }
    }

    @ParameterizedTest
    @MethodSource("critical")
    void criticalValues(Case c) {
        double level = c.number("level");
        same(BandQuantiles.nair(level, c.number("a1"), c.number("a2")), c.number("nair"), 1e-8, "nair");
        same(BandQuantiles.hallWellner(level, c.number("a1"), c.number("a2")), c.number("hall"), 1e-7, "hall");
    }

    /** Klein and Moeschberger's tables C.3 and C.4 to their four digits, one of which is rounded the other way. */
    @Test
    void publishedTables() {
        GoldenFile tables = GoldenFile.read("/golden/band_tables.csv");
        assertThat(tables.size()).isGreaterThan(90);
        for (int i = 0; i < tables.size(); i++) {
            double level = tables.number(i, "level");
            double a1 = tables.number(i, "a1");
            double a2 = tables.number(i, "a2");
            double ours = tables.text(i, "kind").equals("hall")
                    ? BandQuantiles.hallWellner(level, a1, a2)
                    : BandQuantiles.nair(level, a1, a2);
            assertThat(ours).as("row " + i).isCloseTo(tables.number(i, "value"), within(0.000052));
        }
    }

    @ParameterizedTest
    @MethodSource("bands")
    void bandLimits(Case c) {
        boolean nair = c.text("kind").equals("nair");
        ConfidenceType type = Arrays.stream(ConfidenceType.values())
                .filter(t -> t.label().equals(c.text("scale")))
                .findFirst()
                .orElseThrow();
        ConfidenceBand band =
                nair ? ConfidenceBand.ofEqualPrecision().withNairApproximation() : ConfidenceBand.ofHallWellner();
        SurvivalData data = data(c);
        // R's values are of the whole range, which is the default of Hall and Wellner's band alone.
        double[] times = c.rows().stream()
                .mapToDouble(row -> c.file().number(row, "time"))
                .sorted()
                .toArray();
        BandEstimate found = band.withLevel(c.number("level"))
                .withConfidenceType(type)
                .on(KaplanMeier.withDefaults().fit(data).get("all"), times[0], times[times.length - 1]);
        same(found.firstShare(), c.number("a1"), 1e-10, "a1");
        same(found.lastShare(), c.number("a2"), 1e-10, "a2");
        double tolerance = nair ? 1e-8 : 1e-6;
        same(found.criticalValue(), c.number("critical"), tolerance, "critical");
        for (int row : c.rows()) {
            Interval at = found.at(c.file().number(row, "time"));
            same(at.lower().orElseThrow(), c.file().number(row, "lower"), 10 * tolerance, "lower");
            same(at.upper().orElseThrow(), c.file().number(row, "upper"), 10 * tolerance, "upper");
        }
    }

    @ParameterizedTest
    @MethodSource("turnbull")
    void turnbullEstimates(Case c) {
        GoldenFile file = GoldenFile.read("/golden/data/" + c.text("data") + ".csv");
        double[] right = Arrays.stream(file.numbers("right"))
                .map(r -> Double.isNaN(r) ? Double.POSITIVE_INFINITY : r)
                .toArray();
        TurnbullEstimate found = Turnbull.withDefaults().fit(file.numbers("left"), right);
        assertThat(found.status()).isEqualTo(FitStatus.CONVERGED);
        same(found.logLikelihood(), c.number("loglik"), 1e-12, "log-likelihood");
        assertThat(found.size()).isEqualTo(c.rows().size());
        for (int j = 0; j < found.size(); j++) {
            int row = c.rows().get(j);
            double end = c.file().number(row, "right");
            same(found.left(j), c.file().number(row, "left"), 0, "left");
            assertThat(found.right(j)).isEqualTo(Double.isNaN(end) ? Double.POSITIVE_INFINITY : end);
            assertThat(found.mass(j)).as("mass " + j).isCloseTo(c.file().number(row, "mass"), within(1e-8));
        }
    }

    @ParameterizedTest
    @MethodSource("lifeTables")
    void lifeTables(Case c) {
        double[] borders = new double[c.rows().size() + 1];
        for (int j = 0; j < c.rows().size(); j++) {
            double end = c.file().number(c.rows().get(j), "end");
            borders[j + 1] = Double.isNaN(end) ? Double.POSITIVE_INFINITY : end;
        }
        LifeTableEstimate table = LifeTable.of(borders).fit(EventTable.of(data(c)));
        for (int j = 0; j < table.size(); j++) {
            LifeTableEstimate.Row row = table.row(j);
            Map<String, Double> ours = Map.of(
                    "start", row.start(),
                    "entering", row.entering(),
                    "withdrawn", row.withdrawn(),
                    "exposed", row.exposed(),
                    "events", row.events(),
                    "surv", row.survivalStart(),
                    "se_surv", row.survivalStartError());
            int at = c.rows().get(j);
            ours.forEach((column, value) -> same(value, c.file().number(at, column), 1e-10, column));
            if (j + 1 < table.size()) {
                same(row.density(), c.file().number(at, "pdf"), 1e-10, "pdf");
                same(row.hazard(), c.file().number(at, "hazard"), 1e-10, "hazard");
                if (row.events() > 0) {
                    same(row.densityError(), c.file().number(at, "se_pdf"), 1e-10, "se_pdf");
                    same(row.hazardError(), c.file().number(at, "se_hazard"), 1e-10, "se_hazard");
                }
                same(row.survivalEnd(), c.file().number(c.rows().get(j + 1), "surv"), 1e-10, "end");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("smoothed")
    void smoothedHazards(Case c) {
        SmoothedHazardEstimate found = SmoothedHazard.forBandwidth(c.number("bandwidth"))
                .withKernel(SmoothingKernel.valueOf(c.text("kernel").toUpperCase(Locale.ROOT)))
                .fit(EventTable.of(data(c)));
        for (int row : c.rows()) {
            PointEstimate h = found.hazardAt(c.file().number(row, "time"));
            double expected = c.file().number(row, "hazard");
            same(h.estimate(), Math.max(0, expected), 1e-10, "hazard");
            same(h.standardError().orElseThrow(), c.file().number(row, "se"), 1e-10, "se");
            if (expected > 0) {
                double factor = Math.exp(1.959963984540054 * c.file().number(row, "se") / expected);
                same(h.interval().lower().orElseThrow(), expected / factor, 1e-9, "lower");
                same(h.interval().upper().orElseThrow(), expected * factor, 1e-9, "upper");
            }
        }
    }
}
