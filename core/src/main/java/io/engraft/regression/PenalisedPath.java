package io.engraft.regression;

import io.engraft.InvalidArgumentException;
import io.engraft.NotEstimableException;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Penalised Cox fits over a path of lambdas, with a certificate each, and a choice by cross-validation. Immutable. */
public final class PenalisedPath implements Tabular {

    private final double alpha;
    private final double[] lambdas;
    private final CoxFit[] fits;
    private final double[] violations;
    /** By fold and lambda, what the fold's patients add to the log-likelihood; null without cross-validation. */
    private final double @Nullable [][] gains;

    PenalisedPath(double alpha, double[] lambdas, CoxFit[] fits, double[] violations) {
        this(alpha, lambdas, fits, violations, null);
    }

    private PenalisedPath(
            double alpha, double[] lambdas, CoxFit[] fits, double[] violations, double @Nullable [][] gains) {
        this.alpha = alpha;
        this.lambdas = lambdas;
        this.fits = fits;
        this.violations = violations;
        this.gains = gains;
    }

    PenalisedPath crossValidated(double[][] ofFolds) {
        return new PenalisedPath(alpha, lambdas, fits, violations, ofFolds);
    }

    /**
     * Which share of the penalty is that of the lasso.
     *
     * @return 0 for the ridge, 1 for the lasso
     */
    public double alpha() {
        return alpha;
    }

    /**
     * The penalties.
     *
     * @return lambdas, the largest first
     */
    public double[] lambdas() {
        return lambdas.clone();
    }

    /**
     * One fit.
     *
     * @param i its place among {@link #lambdas()}
     * @return the fit, whose log-likelihood is that without the penalty; it predicts without intervals
     * @throws InvalidArgumentException when there is no such place
     */
    public CoxFit fit(int i) {
        return fits[checked(i)];
    }

    private int checked(int i) {
        if (i < 0 || i >= fits.length) {
            throw InvalidArgumentException.of("place of a lambda", i, "0 to " + (fits.length - 1));
        }
        return i;
    }

    /**
     * How many coefficients are not 0.
     *
     * @param i the place of a lambda
     * @return the number
     */
    public int count(int i) {
        return (int) fits[checked(i)].coefficients().stream()
                .filter(c -> c.value().isEstimable() && c.value().estimate() != 0)
                .count();
    }

    /**
     * The certificate of a fit: by how much the conditions of the maximum are violated at most, over the largest gradient at
     * coefficients of 0.
     *
     * @param i the place of a lambda
     * @return 0 but for rounding
     */
    public double violation(int i) {
        return violations[checked(i)];
    }

    /**
     * How well a lambda predicts patients who were left out.
     *
     * @param i the place of a lambda
     * @return the cross-validated partial log-likelihood, larger for better
     * @throws NotEstimableException when there was no cross-validation
     */
    public double crossValidated(int i) {
        double sum = 0;
        for (double[] ofFold : gains()) {
            sum += ofFold[checked(i)];
        }
        return sum;
    }

    /**
     * The standard error of {@link #crossValidated} by how much the folds differ; they share most of their patients, so it is no
     * more than a guide.
     *
     * @param i the place of a lambda
     * @return the root of the number of folds times the standard deviation over folds
     * @throws NotEstimableException when there was no cross-validation
     */
    public double crossValidationError(int i) {
        double[][] all = gains();
        double mean = crossValidated(i) / all.length;
        double sum = 0;
        for (double[] ofFold : all) {
            sum += (ofFold[i] - mean) * (ofFold[i] - mean);
        }
        return Math.sqrt(all.length * sum / (all.length - 1));
    }

    private double[][] gains() {
        double[][] known = gains;
        if (known == null) {
            throw new NotEstimableException("there was no cross-validation; PenalisedCox.crossValidate does one");
        }
        return known;
    }

    /**
     * The lambda that predicts best.
     *
     * @return its place
     * @throws NotEstimableException when there was no cross-validation
     */
    public int best() {
        int best = 0;
        for (int i = 1; i < fits.length; i++) {
            best = crossValidated(i) > crossValidated(best) ? i : best;
        }
        return best;
    }

    /**
     * The largest lambda that predicts within one standard error of the best, with fewer columns or smaller coefficients.
     *
     * @return its place
     * @throws NotEstimableException when there was no cross-validation
     */
    public int withinOneError() {
        int best = best();
        double least = crossValidated(best) - crossValidationError(best);
        int i = 0;
        while (crossValidated(i) < least) {
            i++;
        }
        return i;
    }

    /**
     * The path as a table.
     *
     * @return one row a lambda: lambda, count, log_likelihood, violation, cross_validated, cross_validation_error (NaN without),
     *     then the coefficients
     */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .number("lambda")
                .number("count")
                .number("log_likelihood")
                .number("violation")
                .number("cross_validated")
                .number("cross_validation_error");
        fits[0].coefficients().forEach(c -> table.number(c.name()));
        for (int i = 0; i < fits.length; i++) {
            Object[] row = new Object[6 + fits[0].coefficients().size()];
            row[0] = lambdas[i];
            row[1] = (double) count(i);
            row[2] = fits[i].logLikelihood();
            row[3] = violations[i];
            row[4] = gains == null ? Double.NaN : crossValidated(i);
            row[5] = gains == null ? Double.NaN : crossValidationError(i);
            for (int j = 6; j < row.length; j++) {
                row[j] = fits[i].coefficients().get(j - 6).value().optional().orElse(Double.NaN);
            }
            table.row(row);
        }
        return table.build();
    }

    @Override
    public String toString() {
        return "penalised Cox path, alpha " + Brief.number(alpha) + ", " + Brief.count(fits.length, "lambda")
                + ", largest violation " + Arrays.stream(violations).max().orElse(0);
    }
}
