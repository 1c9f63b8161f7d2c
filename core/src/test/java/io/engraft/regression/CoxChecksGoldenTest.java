package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.curve.PointEstimate;
import io.engraft.data.TidyTable;
import io.engraft.testing.GoldenFile;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Predictions, residuals and tests of proportional hazards against R's survival (golden_cox_checks.R). */
class CoxChecksGoldenTest {

    private final Map<String, CoxFit> fits = new HashMap<>();

    private CoxFit fit(String id) {
        return fits.computeIfAbsent(id, name -> {
            String[] parts = name.split("_", -1);
            return CoxCases.model(parts[0], parts[2])
                    .withTies(CoxTies.valueOf(parts[1].toUpperCase(Locale.ROOT)))
                    .fit(CoxCases.data(parts[0], parts[2]));
        });
    }

    private static String set(String id) {
        return id.substring(0, id.indexOf('_'));
    }

    @Test
    void predictionsAgreeWithSurvfit() {
        GoldenFile f = GoldenFile.read("/golden/cox/coxph_curves.csv");
        assertThat(f.size()).isGreaterThan(600);
        for (int r = 0; r < f.size(); r++) {
            String id = f.text(r, "case");
            int row = (int) f.number(r, "row");
            CovariateProfile profile = CoxCases.profile(set(id), row);
            CoxFit fit = fit(id);
            PredictedSurvival curve = id.contains("strata")
                    ? fit.predict(profile, CoxCases.file(set(id)).text(row - 1, "s"))
                    : fit.predict(profile);
            String at = id + " row " + row + " at " + f.number(r, "time");
            double t = f.number(r, "time");
            PointEstimate s = curve.survivalAt(t);
            same(curve.cumulativeHazardAt(t).estimate(), f.number(r, "hazard"), at + " hazard");
            same(s.estimate(), f.number(r, "survival"), at + " survival");
            same(s.standardError().getAsDouble(), f.number(r, "std_err"), at + " error");
            if (!f.text(r, "lower").isEmpty()) {
                same(s.interval().lower().getAsDouble(), f.number(r, "lower"), at + " lower");
                same(s.interval().upper().getAsDouble(), f.number(r, "upper"), at + " upper");
            }
            quantile(f, r, "q25", curve.quantile(0.25).optional().orElse(Double.NaN), at);
            PointEstimate median = curve.median();
            quantile(f, r, "q50", median.optional().orElse(Double.NaN), at);
            quantile(f, r, "q50_lower", median.interval().lower().orElse(Double.NaN), at);
            quantile(f, r, "q50_upper", median.interval().upper().orElse(Double.NaN), at);
        }
    }

    private static void quantile(GoldenFile f, int r, String column, double value, String at) {
        if (f.text(r, column).isEmpty()) {
            assertThat(value).as(at + " " + column).isNaN();
        } else {
            same(value, f.number(r, column), at + " " + column);
        }
    }

    @Test
    void residualsAgree() {
        GoldenFile f = GoldenFile.read("/golden/cox/coxph_residuals.csv");
        assertThat(f.size()).isGreaterThan(900);
        Map<String, CoxResiduals> made = new HashMap<>();
        Map<String, double[][][]> arrays = new HashMap<>();
        for (int r = 0; r < f.size(); r++) {
            String id = f.text(r, "case");
            CoxResiduals residuals = made.computeIfAbsent(id, name -> fit(name).residuals());
            double[][][] all = arrays.computeIfAbsent(id, name -> new double[][][] {
                residuals.score(),
                residuals.dfbeta(),
                residuals.dfbetas(),
                {residuals.martingale(), residuals.deviance()}
            });
            int row = (int) f.number(r, "row") - 1;
            String at = id + " row " + (row + 1);
            same(all[3][0][row], f.number(r, "martingale"), at + " martingale");
            same(all[3][1][row], f.number(r, "deviance"), at + " deviance");
            for (int j = 0; j < 3; j++) {
                inColumn(all[0], row, j, f.number(r, "score" + (j + 1)), at + " score " + j);
                inColumn(all[1], row, j, f.number(r, "dfbeta" + (j + 1)), at + " dfbeta " + j);
                inColumn(all[2], row, j, f.number(r, "dfbetas" + (j + 1)), at + " dfbetas " + j);
            }
        }
    }

    /** A residual is a difference of sums: its digits are those of the column. */
    private static void inColumn(double[][] values, int row, int column, double expected, String what) {
        double most = Arrays.stream(values)
                .mapToDouble(own -> Math.abs(own[column]))
                .max()
                .orElse(0);
        assertThat(values[row][column]).as(what).isCloseTo(expected, within(1e-10 * most));
    }

    @Test
    void schoenfeldResidualsAgree() {
        GoldenFile f = GoldenFile.read("/golden/cox/coxph_schoenfeld.csv");
        assertThat(f.size()).isGreaterThan(500);
        Map<String, TidyTable> made = new HashMap<>();
        for (int r = 0; r < f.size(); r++) {
            String id = f.text(r, "case");
            TidyTable table =
                    made.computeIfAbsent(id, name -> fit(name).residuals().schoenfeld());
            String column =
                    fit(id).coefficients().get((int) f.number(r, "column") - 1).name();
            double[] time = table.numbers("time");
            double[] plain = table.numbers("schoenfeld " + column);
            double[] scaled = table.numbers("scaled " + column);
            double sum = 0;
            double ofScaled = 0;
            int events = 0;
            for (int i = 0; i < time.length; i++) {
                if (Math.abs(time[i] - f.number(r, "time")) < 1e-9 * time[i]) {
                    sum += plain[i];
                    ofScaled += scaled[i];
                    events++;
                }
            }
            String at = id + " " + column + " at " + f.number(r, "time");
            assertThat(events).as(at).isEqualTo((int) f.number(r, "events"));
            same(sum, f.number(r, "plain"), at);
            same(ofScaled, f.number(r, "scaled"), at + " scaled");
        }
    }

    @Test
    void testsOfProportionalHazardsAgree() {
        GoldenFile f = GoldenFile.read("/golden/cox/cox_zph.csv");
        assertThat(f.size()).isGreaterThan(600);
        Map<String, ProportionalHazardsResult> made = new HashMap<>();
        for (int r = 0; r < f.size(); r++) {
            String id = f.text(r, "case");
            TimeTransform scale = TimeTransform.valueOf(f.text(r, "transform").toUpperCase(Locale.ROOT));
            ProportionalHazardsResult result = made.computeIfAbsent(
                    id + scale,
                    name -> ProportionalHazardsTest.withDefaults()
                            .withTransform(scale)
                            .test(fit(id)));
            String term = f.text(r, "term");
            ModelTest test = term.equals("GLOBAL")
                    ? result.global()
                    : result.terms().stream()
                            .filter(t -> t.name().equals(term))
                            .findFirst()
                            .orElseThrow()
                            .test();
            String at = id + " " + scale + " " + term;
            assertThat(test.degreesOfFreedom()).as(at).isEqualTo((int) f.number(r, "df"));
            assertThat(test.statistic())
                    .as(at)
                    .isCloseTo(f.number(r, "chisq"), within(1e-8 * Math.max(1, f.number(r, "chisq"))));
            assertThat(test.pValue()).as(at).isCloseTo(f.number(r, "p"), within(1e-8));
        }
    }

    private static void same(double actual, double expected, String what) {
        assertThat(actual).as(what).isCloseTo(expected, within(1e-10 * Math.max(Math.abs(expected), 1e-2)));
    }
}
