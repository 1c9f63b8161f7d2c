package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FitStatus;
import io.engraft.data.SurvivalData;
import io.engraft.testing.GoldenFile;
import java.util.List;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** The rows and fits of golden_named_cox.R, by their names. */
final class NamedCoxRows {

    private static final GoldenFile ROWS = GoldenFile.read("/golden/cox/named_rows.csv");
    private static final GoldenFile FITS = GoldenFile.read("/golden/cox/named_fits.csv");

    private NamedCoxRows() {}

    /** With the covariates x1 to x4, and entry times where rows enter after 0. */
    static SurvivalData of(String set) {
        List<Integer> rows = Objects.requireNonNull(ROWS.rowsBy("set").get(set), set);
        SurvivalData.Builder b = SurvivalData.builder(
                numbers(rows, "time"),
                rows.stream().mapToInt(i -> (int) ROWS.number(i, "status")).toArray());
        double[] entry = numbers(rows, "entry");
        if (IntStream.range(0, entry.length).anyMatch(i -> entry[i] > 0)) {
            b.entry(entry);
        }
        for (String x : List.of("x1", "x2", "x3", "x4")) {
            b.covariate(x, numbers(rows, x));
        }
        return b.build();
    }

    private static double[] numbers(List<Integer> rows, String column) {
        return rows.stream().mapToDouble(i -> ROWS.number(i, column)).toArray();
    }

    /** Data with a further covariate by formula. */
    static SurvivalData with(SurvivalData data, String name, IntToDoubleFunction value) {
        return data.withCovariate(
                name, IntStream.range(0, data.size()).mapToDouble(value).toArray());
    }

    private static List<Integer> rows(String fit) {
        return Objects.requireNonNull(FITS.rowsBy("case").get(fit), fit);
    }

    static double estimate(String fit, int coefficient) {
        return FITS.number(rows(fit).get(coefficient), "estimate");
    }

    static double error(String fit, int coefficient) {
        return FITS.number(rows(fit).get(coefficient), "std_err");
    }

    static double score(String fit) {
        return FITS.number(rows(fit).get(0), "score");
    }

    /** Whether one coefficient of a fit is R's only one. */
    static void check(CoxFit fit, String expected, String coefficient) {
        Coefficient c = fit.coefficient(coefficient);
        double se = error(expected, 0);
        assertThat(c.value().estimate()).isCloseTo(estimate(expected, 0), within(1e-10 * se));
        assertThat(c.stdError().orElseThrow()).isCloseTo(se, within(1e-10 * se));
    }

    /** Whether a fit is R's: coefficients, likelihoods, and errors by a tolerance of their own. */
    static void check(CoxFit fit, String expected, double tolerance, double ofErrors) {
        assertThat(fit.status()).as(fit.statusReason()).isEqualTo(FitStatus.CONVERGED);
        List<Integer> rows = rows(expected);
        assertThat(fit.coefficients()).hasSameSizeAs(rows);
        for (int j = 0; j < rows.size(); j++) {
            Coefficient c = fit.coefficients().get(j);
            double se = error(expected, j);
            assertThat(c.value().estimate()).isCloseTo(estimate(expected, j), within(tolerance * se));
            assertThat(c.stdError().orElseThrow()).isCloseTo(se, within(ofErrors * se));
        }
        double model = FITS.number(rows.get(0), "model");
        double nothing = FITS.number(rows.get(0), "null");
        assertThat(fit.logLikelihood()).isCloseTo(model, within(tolerance * Math.abs(model)));
        assertThat(fit.nullLogLikelihood()).isCloseTo(nothing, within(tolerance * Math.abs(nothing)));
    }
}
