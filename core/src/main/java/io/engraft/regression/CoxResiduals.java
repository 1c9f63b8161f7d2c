package io.engraft.regression;

import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.regression.internal.risk.PartialLikelihood;
import io.engraft.regression.internal.risk.RiskRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Residuals of a Cox fit, row by row of the data that it was fitted to, in their order. With d 1 for an event and 0 else,
 * and H the hazard that the row met on (entry, time] by the fit, ties as the fit's:
 *
 * <ul>
 *   <li>Cox-Snell H; martingale M = d - H; deviance sign(M) sqrt(-2 (M + d log(d - M))).
 *   <li>Score: what the row adds to the gradient, its weight left out; dfbeta: the score, with a sampling weight
 *       weighted, times the model-based covariance: by about how much the coefficients change without the row; dfbetas:
 *       that in standard errors.
 *   <li>Schoenfeld, of each event: its covariates less their mean among those at risk; scaled: the number of events times
 *       that times the model-based covariance, plus the coefficients, whose smooth over time shows how a coefficient
 *       changes with time.
 * </ul>
 *
 * <p>Rows of weight 0, and columns that were left out, have NaN. Frequency weights give each of the repeated rows the one
 * residual that it would have. Immutable.
 *
 * <ol>
 *   <li>T. M. Therneau, P. M. Grambsch, T. R. Fleming (1990). Martingale-based residuals for survival models. Biometrika
 *       77, 147-160.
 *   <li>P. M. Grambsch, T. M. Therneau (1994). Proportional hazards tests and diagnostics based on weighted residuals.
 *       Biometrika 81, 515-526.
 * </ol>
 */
public final class CoxResiduals implements Tabular {

    private final CoxEstimate estimate;
    private final List<String> columns;
    private final double[] coxSnell;
    private final boolean[] event;
    private final double[][] score;

    CoxResiduals(CoxEstimate estimate) {
        this.estimate = estimate;
        this.columns = estimate.design.columns;
        RiskRows risk = estimate.likelihood.risk();
        int n = risk.size;
        this.coxSnell = new double[n];
        this.event = new boolean[n];
        this.score = new double[n][];
        double[] met = estimate.baseline().met();
        for (int i = 0; i < n; i++) {
            int row = estimate.followed.order()[i];
            coxSnell[row] = risk.weightOf(i) > 0 ? met[i] : Double.NaN;
            event[row] = risk.event[i] >= 0;
        }
        estimate.likelihood.scores(
                estimate.end.theta(),
                (i, own) -> score[estimate.followed.order()[i]] = risk.weightOf(i) > 0 ? inUnits(own) : missing());
    }

    private double[] missing() {
        double[] values = new double[columns.size()];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    /** What the search's columns are in the units of the covariates. */
    private double[] inUnits(double[] own) {
        double[] values = missing();
        for (int j = 0; j < values.length; j++) {
            int place = estimate.design.place[j];
            if (place >= 0) {
                values[j] = own[place] * estimate.design.scale[place];
            }
        }
        return values;
    }

    /**
     * Cox-Snell residuals.
     *
     * @return a copy, one a row
     */
    public double[] coxSnell() {
        return coxSnell.clone();
    }

    /**
     * Martingale residuals.
     *
     * @return a copy, one a row
     */
    public double[] martingale() {
        double[] values = new double[coxSnell.length];
        Arrays.setAll(values, this::martingale);
        return values;
    }

    private double martingale(int row) {
        return (event[row] ? 1 : 0) - coxSnell[row];
    }

    /**
     * Deviance residuals.
     *
     * @return a copy, one a row
     */
    public double[] deviance() {
        double[] values = new double[coxSnell.length];
        Arrays.setAll(values, this::deviance);
        return values;
    }

    private double deviance(int row) {
        double m = martingale(row);
        double logs = event[row] ? Math.log(coxSnell[row]) : 0;
        return Math.copySign(Math.sqrt(Math.max(-2 * (m + logs), 0)), m);
    }

    /**
     * Score residuals.
     *
     * @return a copy, row by row and column by column in the order of the coefficients
     */
    public double[][] score() {
        return copy(score);
    }

    /**
     * What each row contributes to the coefficients.
     *
     * @return row by row and column by column; NaN where the fit has no covariance
     */
    public double[][] dfbeta() {
        double[][] values = new double[score.length][];
        RiskRows risk = estimate.likelihood.risk();
        for (int i = 0; i < values.length; i++) {
            int row = estimate.followed.order()[i];
            double w = risk.replicates ? 1 : risk.weightOf(i);
            values[row] = times(score[row]);
            for (int j = 0; j < columns.size(); j++) {
                values[row][j] *= w;
            }
        }
        return values;
    }

    /**
     * The same in model-based standard errors.
     *
     * @return row by row and column by column
     */
    public double[][] dfbetas() {
        double[][] values = dfbeta();
        for (double[] row : values) {
            for (int j = 0; j < row.length; j++) {
                row[j] /= Math.sqrt(estimate.modelCovariance[j][j]);
            }
        }
        return values;
    }

    /** A row of scores times the model-based covariance. */
    private double[] times(double[] scores) {
        double[][] v = estimate.modelCovariance;
        double[] values = missing();
        for (int j = 0; j < values.length; j++) {
            if (!estimate.leftOut[j]) {
                double sum = 0;
                for (int m = 0; m < values.length; m++) {
                    sum += estimate.leftOut[m] ? 0 : v[j][m] * scores[m];
                }
                values[j] = sum;
            }
        }
        return values;
    }

    private static double[][] copy(double[][] values) {
        return Arrays.stream(values).map(double[]::clone).toArray(double[][]::new);
    }

    /**
     * Schoenfeld residuals.
     *
     * @return one row an event: row (of the data, from 1), stratum where there are several, time, then by coefficient
     *     "schoenfeld" and "scaled" with its name; by stratum, time and row
     */
    public TidyTable schoenfeld() {
        PartialLikelihood likelihood = estimate.likelihood;
        RiskRows risk = likelihood.risk();
        double[] means = likelihood.meanAtEvents(estimate.end.theta());
        int width = likelihood.size();
        boolean stratified = risk.strata.size() > 1;
        TidyTable.Builder table = TidyTable.builder().number("row");
        if (stratified) {
            table.text("stratum");
        }
        table.number("time");
        columns.forEach(column -> table.number("schoenfeld " + column));
        columns.forEach(column -> table.number("scaled " + column));
        double events = risk.totalEvents();
        List<Integer> rows = IntStream.range(0, risk.size)
                .filter(i -> risk.event[i] >= 0)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(i -> risk.event[i])
                        .thenComparingInt(i -> estimate.followed.order()[i]))
                .toList();
        for (int i : rows) {
            double[] own = new double[width];
            for (int j = 0; j < width; j++) {
                own[j] = estimate.design.x[i * width + j] - means[risk.event[i] * width + j];
            }
            double[] plain = inUnits(own);
            double[] scaled = times(plain);
            List<Object> cells = new ArrayList<>();
            cells.add((double) (estimate.followed.order()[i] + 1));
            if (stratified) {
                cells.add(risk.strata.get(risk.stratum[risk.event[i]]));
            }
            cells.add(risk.time[risk.event[i]]);
            for (double value : plain) {
                cells.add(value);
            }
            for (int j = 0; j < scaled.length; j++) {
                cells.add(estimate.leftOut[j] ? Double.NaN : events * scaled[j] + estimate.estimate[j]);
            }
            table.row(cells.toArray());
        }
        return table.build();
    }

    /**
     * All residuals of rows as a table, ready for a chart of influence or of functional form.
     *
     * @return one row a row: row (of the data, from 1), cox_snell, martingale, deviance, then by coefficient "dfbeta" and
     *     "dfbetas" with its name
     */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .number("row")
                .number("cox_snell")
                .number("martingale")
                .number("deviance");
        columns.forEach(column -> table.number("dfbeta " + column));
        columns.forEach(column -> table.number("dfbetas " + column));
        double[][] ofCoefficients = dfbeta();
        double[][] inErrors = dfbetas();
        for (int row = 0; row < coxSnell.length; row++) {
            List<Object> cells =
                    new ArrayList<>(List.of((double) (row + 1), coxSnell[row], martingale(row), deviance(row)));
            for (double value : ofCoefficients[row]) {
                cells.add(value);
            }
            for (double value : inErrors[row]) {
                cells.add(value);
            }
            table.row(cells.toArray());
        }
        return table.build();
    }

    @Override
    public String toString() {
        return "residuals of " + Brief.count(coxSnell.length, "row") + " for " + columns;
    }
}
