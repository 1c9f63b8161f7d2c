package io.engraft.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.curve.Limits;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.Profile;
import io.engraft.data.Categories;
import io.engraft.data.Grouped;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import io.engraft.testing.GoldenFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every number of {@code golden/robust.csv}, which {@code src/test/r/golden_robust.R} computed with R's survival, cmprsk
 * and prodlim (see VERSIONS_robust.txt), to a relative error of 1e-10.
 *
 * <p>Standard errors are compared where survfit gives one: it gives none where S = 0 for one end point, and for several
 * states one of rounding size where everybody has had an event.
 */
class RobustGoldenTest {

    private static final double TOLERANCE = 1e-10;
    private static final GoldenFile FILE = GoldenFile.read("/golden/robust.csv");
    private static final Map<String, GoldenFile> DATA = new HashMap<>();

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

    @Test
    void thereAreAtLeastThreeHundredCases() {
        assertThat(cases().count()).isGreaterThanOrEqualTo(300);
    }

    private static SurvivalData data(Case c) {
        String kind = c.option("kind");
        GoldenFile file =
                DATA.computeIfAbsent(c.option("dataset"), name -> GoldenFile.read("/golden/data/" + name + ".csv"));
        SurvivalData.Builder data = SurvivalData.builder(file.numbers("time"), file.integers("status"));
        if (file.has("entry")) {
            data.entry(file.numbers("entry"));
        }
        if (file.has("weight")) {
            data.weights(
                    file.numbers("weight"), kind.contains("frequency") ? WeightType.FREQUENCY : WeightType.SAMPLING);
        }
        if (file.has("group") && !c.option("group").equals("all")) {
            data.group(Categories.of(file.texts("group")));
        }
        if (file.has("cluster")) {
            data.cluster(Categories.of(file.texts("cluster")));
        }
        if (file.has("id")) {
            data.id(Categories.of(file.texts("id"))).recurrent();
        }
        return data.build();
    }

    private static SurvivalEstimator estimator(Case c) {
        return switch (c.option("estimator")) {
            case "breslow" -> SurvivalEstimator.BRESLOW;
            case "fh" -> SurvivalEstimator.FLEMING_HARRINGTON;
            default -> SurvivalEstimator.KAPLAN_MEIER;
        };
    }

    private static Grouped<SurvivalEstimate> survival(Case c) {
        KaplanMeier procedure =
                KaplanMeier.withDefaults().withProfile(Profile.R).withEstimator(estimator(c));
        String kind = c.option("kind");
        if (kind.startsWith("request")) {
            procedure = procedure.withRobustVariance();
        }
        if (c.name().contains("_start")) {
            procedure = procedure.withStart(FILE.number(c.rows().get(0), "time2"));
        }
        if (kind.equals("still_at_risk") || kind.equals("event_first")) {
            ReverseKaplanMeier reverse = ReverseKaplanMeier.withDefaults();
            return kind.equals("event_first")
                    ? reverse.withTies(ReverseKaplanMeier.Ties.EVENT_FIRST).fit(data(c))
                    : reverse.fit(data(c));
        }
        return procedure.fit(data(c));
    }

    private static Grouped<IncidenceEstimate> incidence(Case c) {
        AalenJohansen procedure = AalenJohansen.withDefaults();
        return switch (c.option("kind")) {
            case "request", "request_frequency" ->
                procedure.withRobustVariance().fit(data(c));
            case "cmprsk" -> procedure.withVariance(IncidenceVariance.CMPRSK).fit(data(c));
            case "aalen" -> procedure.withVariance(IncidenceVariance.AALEN).fit(data(c));
            default -> procedure.fit(data(c));
        };
    }

    @ParameterizedTest
    @MethodSource("cases")
    void equalsR(Case c) {
        boolean states = c.option("estimator").equals("aj");
        Optional<Grouped<SurvivalEstimate>> curves = states ? Optional.empty() : Optional.of(survival(c));
        Optional<Grouped<IncidenceEstimate>> causes = states ? Optional.of(incidence(c)) : Optional.empty();
        List<String> differences = new ArrayList<>();
        for (int row : c.rows()) {
            String group = FILE.text(row, "group");
            double actual = states
                    ? read(causes.orElseThrow().get(group), row)
                    : read(curves.orElseThrow().get(group), row);
            double expected = FILE.number(row, "value");
            double slack = states && !c.name().startsWith("rmtl") ? 1e-15 : 0;
            boolean same = Double.isNaN(expected)
                    ? Double.isNaN(actual)
                    : Math.abs(actual - expected) <= TOLERANCE * Math.abs(expected) + slack;
            if (!same) {
                differences.add(group + ", cause " + FILE.text(row, "cause") + ", time " + FILE.text(row, "time") + ": "
                        + FILE.text(row, "quantity") + " is " + actual + ", expected " + expected);
            }
        }
        assertThat(differences.stream().limit(12))
                .as(c.name() + ": " + differences.size() + " differences")
                .isEmpty();
    }

    private static double number(PointEstimate estimate) {
        return estimate.optional().orElse(Double.NaN);
    }

    private static double error(PointEstimate estimate) {
        return estimate.standardError().orElse(Double.NaN);
    }

    private static double read(SurvivalEstimate curve, int row) {
        double t = FILE.number(row, "time");
        return switch (FILE.text(row, "quantity")) {
            case "survival" -> number(curve.survivalAt(t));
            case "std_err" -> error(curve.survivalAt(t));
            case "cumhaz" -> number(curve.cumulativeHazardAt(t));
            case "std_chaz" -> error(curve.cumulativeHazardAt(t));
            case "lower" -> limit(curve, t, false);
            case "upper" -> limit(curve, t, true);
            case "rmst" -> number(curve.restrictedMean(t));
            case "rmst_se" -> error(curve.restrictedMean(t));
            case "covariance" -> curve.survivalCovariance(new double[] {t, FILE.number(row, "time2")})[0][1];
            case "median" -> number(curve.median());
            case "median_upper" -> curve.median().interval().upper().orElse(Double.NaN);
            default -> throw new IllegalArgumentException(FILE.text(row, "quantity"));
        };
    }

    private static double limit(SurvivalEstimate curve, double t, boolean upper) {
        Limits limits = curve.limits();
        for (int p = 0; p < curve.size(); p++) {
            if (curve.time(p) == t) {
                return upper ? limits.upper(p) : limits.lower(p);
            }
        }
        throw new IllegalArgumentException("no point at " + t);
    }

    private static double read(IncidenceEstimate all, int row) {
        double t = FILE.number(row, "time");
        CauseIncidence curve = all.incidence(FILE.text(row, "cause"));
        return switch (FILE.text(row, "quantity")) {
            case "incidence" -> number(curve.incidenceAt(t));
            case "std_err" -> error(curve.incidenceAt(t));
            case "variance" -> Math.pow(error(curve.incidenceAt(t)), 2);
            case "rmtl" -> number(curve.restrictedMeanTimeLost(t));
            case "rmtl_se" -> error(curve.restrictedMeanTimeLost(t));
            default -> throw new IllegalArgumentException(FILE.text(row, "quantity"));
        };
    }
}
