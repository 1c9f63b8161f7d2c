package io.engraft.regression;

import io.engraft.CheckReturnValue;
import io.engraft.NotEstimableException;
import io.engraft.data.JoinedTimes;
import io.engraft.regression.internal.Symmetric;
import io.engraft.regression.internal.risk.Followed;
import io.engraft.regression.internal.risk.PartialLikelihood;
import io.engraft.regression.internal.risk.RiskRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether hazards are proportional: the score test that a coefficient does not change with a function g of time. Of the
 * model with x and x g(t), at the estimates of x and 0 for x g(t): with s(t) what an event time adds to the score and V(t)
 * to the information,
 *
 * <pre>
 *   U = sum g(t) s(t),   W = sum g(t)^2 V(t) - (sum g V) (sum V)^-1 (sum g V),   U' W^-1 U
 * </pre>
 *
 * <p>chi-squared with as many degrees of freedom as columns, of all terms together and of each term by its own part of U
 * and W, as R's cox.zph since survival 3.0. It takes the model's own variance, not a robust one. Immutable.
 *
 * <p>P. M. Grambsch, T. M. Therneau (1994). Proportional hazards tests and diagnostics based on weighted residuals.
 * Biometrika 81, 515-526.
 */
@CheckReturnValue
public final class ProportionalHazardsTest {

    private final TimeTransform transform;

    private ProportionalHazardsTest(TimeTransform transform) {
        this.transform = transform;
    }

    /**
     * The test over 1 - S(t-).
     *
     * @return the procedure
     */
    public static ProportionalHazardsTest withDefaults() {
        return new ProportionalHazardsTest(TimeTransform.KM);
    }

    /**
     * On another scale of time.
     *
     * @param value the scale
     * @return the changed procedure
     */
    public ProportionalHazardsTest withTransform(TimeTransform value) {
        return new ProportionalHazardsTest(value);
    }

    /**
     * Tests a fit.
     *
     * @param fit the fit
     * @return the tests
     * @throws NotEstimableException when the fit found no maximum, has no columns, or has exact ties
     */
    public ProportionalHazardsResult test(CoxFit fit) {
        CoxEstimate estimate = fit.estimate();
        int width = estimate.design.width;
        if (!estimate.hasErrors() || width == 0) {
            throw new NotEstimableException(
                    width == 0
                            ? "proportional hazards: the model has no columns whose coefficients could change with time"
                            : "proportional hazards: the fit ended " + estimate.status + ": " + estimate.reason);
        }
        estimate.requireHazard();
        double[] g = centred(estimate, scale(estimate));
        PartialLikelihood.ByTime byTime = estimate.likelihood.byTime(estimate.end.theta());
        double[] u = byTime.gradient(g);
        double[] squares = new double[g.length];
        Arrays.setAll(squares, k -> g[k] * g[k]);
        double[][] crossed = byTime.information(g);
        double[][] w = byTime.information(squares);
        double[][] held = Symmetric.sandwich(crossed, estimate.inverse());
        for (int a = 0; a < width; a++) {
            for (int b = 0; b < width; b++) {
                w[a][b] -= held[a][b];
            }
        }
        List<ProportionalHazardsResult.TermTest> terms = new ArrayList<>();
        List<String> columns = estimate.design.columns;
        for (TermCoding term : fit.terms()) {
            int[] places = term.coefficients().stream()
                    .mapToInt(column -> estimate.design.place[columns.indexOf(column)])
                    .filter(place -> place >= 0)
                    .toArray();
            terms.add(new ProportionalHazardsResult.TermTest(term.term(), quotient(u, w, places)));
        }
        int[] all = new int[width];
        Arrays.setAll(all, j -> j);
        return new ProportionalHazardsResult(transform, terms, quotient(u, w, all));
    }

    private static ModelTest quotient(double[] u, double[][] w, int[] places) {
        double[] part = new double[places.length];
        double[][] ofPart = new double[places.length][places.length];
        for (int a = 0; a < places.length; a++) {
            part[a] = u[places[a]];
            for (int b = 0; b < places.length; b++) {
                ofPart[a][b] = w[places[a]][places[b]];
            }
        }
        return ModelTest.of(CoxEstimate.quotient(part, ofPart), places.length);
    }

    /** The scale of time by place. */
    private double[] scale(CoxEstimate estimate) {
        RiskRows risk = estimate.likelihood.risk();
        double[] g = new double[risk.places()];
        switch (transform) {
            case IDENTITY -> System.arraycopy(risk.time, 0, g, 0, g.length);
            case LOG -> {
                for (int k = 0; k < g.length; k++) {
                    if (!(risk.time[k] > 0)) {
                        throw new NotEstimableException("proportional hazards: there is an event at time "
                                + risk.time[k] + ", which has no logarithm; allowed: another scale of time");
                    }
                    g[k] = Math.log(risk.time[k]);
                }
            }
            case KM -> ofEvents(estimate, risk, g);
            case RANK -> ofFollowUp(estimate.followed, risk, g);
        }
        return g;
    }

    /** 1 - S(t-) of all strata together. */
    private static void ofEvents(CoxEstimate estimate, RiskRows risk, double[] g) {
        Followed of = estimate.followed;
        RiskRows pooled = risk.strata.size() == 1 ? risk : RiskRows.pooled(of.data(), of.cause(), of.rule());
        double[] before = pooled.survivalBefore();
        for (int k = 0; k < g.length; k++) {
            g[k] = 1 - before[Arrays.binarySearch(pooled.time, risk.time[k])];
        }
    }

    /** The ranks of the event times among all times at which follow-up ends. */
    private static void ofFollowUp(Followed of, RiskRows risk, double[] g) {
        double[] exit = new double[risk.size];
        Arrays.setAll(exit, of.data()::time);
        JoinedTimes times = JoinedTimes.of(of.rule(), exit);
        double[] rows = new double[times.size()];
        for (int i = 0; i < exit.length; i++) {
            double w = risk.weightOf(i);
            rows[times.placeOf(exit[i])] += risk.replicates ? w : w > 0 ? 1 : 0;
        }
        double[] rank = new double[rows.length];
        double before = 0;
        for (int m = 0; m < rows.length; m++) {
            rank[m] = before + (1 + rows[m]) / 2;
            before += rows[m];
        }
        for (int k = 0; k < g.length; k++) {
            g[k] = rank[times.placeOf(risk.time[k])];
        }
    }

    /** Less the mean over events: nothing changes but rounding. */
    private static double[] centred(CoxEstimate estimate, double[] g) {
        RiskRows risk = estimate.likelihood.risk();
        double sum = 0;
        for (int k = 0; k < g.length; k++) {
            sum += risk.eventWeight[k] * g[k];
        }
        double mean = sum / Arrays.stream(risk.eventWeight).sum();
        double[] centred = new double[g.length];
        Arrays.setAll(centred, k -> g[k] - mean);
        return centred;
    }

    @Override
    public String toString() {
        return "test of proportional hazards over " + transform.label();
    }
}
