package io.engraft.regression;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.Clusters;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import io.engraft.internal.Parallel;
import io.engraft.internal.PatientStream;
import io.engraft.internal.Require;
import io.engraft.regression.internal.Newton;
import io.engraft.regression.internal.risk.PartialLikelihood;
import io.engraft.regression.internal.risk.PenalisedSearch;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Cox models whose coefficients are held back by a penalty, for many covariates and few events: the maximum of
 *
 * <pre>
 *   l(beta) / W  -  lambda sum of (alpha |s beta| + (1 - alpha) / 2 (s beta)^2)
 * </pre>
 *
 * <p>with l the partial log-likelihood, W the weight of all rows (their number) and s the standard deviation of a column, divisor
 * the number of rows. alpha 0 is the ridge, 1 the lasso, which leaves columns out. Over a path of lambdas, from the least that
 * leaves no column down, each fit starts from the one before; each comes with a certificate, the largest violation of the
 * conditions of the maximum (Karush, Kuhn and Tucker). Penalised estimates are drawn to 0 by an amount that no variance tells, so
 * there are no standard errors, intervals or p-values. Immutable.
 *
 * <ol>
 *   <li>N. Simon, J. Friedman, T. Hastie, R. Tibshirani (2011). Regularization paths for Cox's proportional hazards model via
 *       coordinate descent. Journal of Statistical Software 39(5), 1-13.
 *   <li>P. J. M. Verweij, H. C. van Houwelingen (1993). Cross-validation in survival analysis. Statistics in Medicine 12,
 *       2305-2314.
 * </ol>
 */
@CheckReturnValue
public final class PenalisedCox {

    private static final int PENALTIES = 100;
    private static final int MOST_PENALTIES = 10_000;
    /** A ridge has no lambda that leaves no column: the path starts where a net of this alpha would. */
    private static final double LEAST_ALPHA = 1e-3;

    private final CoxModel model;
    private final double alpha;
    private final double[] penalties;
    private final int folds;
    private final long seed;

    private PenalisedCox(CoxModel model, double alpha, double[] penalties, int folds, long seed) {
        this.model = model;
        this.alpha = alpha;
        this.penalties = penalties;
        this.folds = folds;
        this.seed = seed;
    }

    /**
     * A path of penalised fits of a model.
     *
     * @param model the model: its covariates, ties, offset and cause; without a robust variance, Firth's penalty and profile
     *     limits
     * @param alpha which share of the penalty is that of the lasso, 0 to 1
     * @return the procedure, with 100 lambdas, 10 folds and seed 1
     */
    public static PenalisedCox of(CoxModel model, double alpha) {
        if (!(alpha >= 0 && alpha <= 1)) {
            throw InvalidArgumentException.of("alpha", alpha, "0 (ridge) to 1 (lasso)");
        }
        return new PenalisedCox(model, alpha, new double[0], 10, 1);
    }

    /**
     * Other lambdas.
     *
     * @param lambdas positive numbers, in any order
     * @return the changed procedure
     */
    public PenalisedCox withPenalties(double... lambdas) {
        if (lambdas.length == 0 || lambdas.length > MOST_PENALTIES) {
            throw InvalidArgumentException.of("number of lambdas", lambdas.length, "1 to " + MOST_PENALTIES);
        }
        double[] sorted = lambdas.clone();
        for (double lambda : sorted) {
            Require.positive("lambda", lambda);
        }
        Arrays.sort(sorted);
        double[] falling = new double[sorted.length];
        Arrays.setAll(falling, i -> sorted[sorted.length - 1 - i]);
        return new PenalisedCox(model, alpha, falling, folds, seed);
    }

    /**
     * How patients are divided for cross-validation.
     *
     * @param count into how many folds, 2 or more
     * @param value the seed of the division
     * @return the changed procedure
     */
    public PenalisedCox withFolds(int count, long value) {
        return new PenalisedCox(model, alpha, penalties, Require.atLeast("folds", count, 2), value);
    }

    /**
     * The fits of all lambdas.
     *
     * @param data the data
     * @return the path, without cross-validation
     * @throws InvalidDataException when there are no events
     * @throws InvalidArgumentException when the model has no covariates, or a variance or penalty of another kind
     */
    public PenalisedPath fit(SurvivalData data) {
        return path(model.penalised(data)).path();
    }

    /**
     * The fits of all lambdas, and how well each predicts patients who were left out: the sum over folds of the log-likelihood of
     * all patients less that of those who were fitted to, at the coefficients of the latter. The rows of an id or cluster are in
     * one fold. Columns are scaled by all patients.
     *
     * @param data the data
     * @return the path with a choice of lambda
     * @throws InvalidDataException when there are no events
     * @throws InvalidArgumentException as {@link #fit} says, and when there are fewer patients than folds
     */
    public PenalisedPath crossValidate(SurvivalData data) {
        Path all = path(model.penalised(data));
        SurvivalData ordered = all.fitting.ordered();
        int[] fold = folds(Clusters.of(ordered), ordered.size());
        double[][] gains = new double[folds][];
        Parallel.run(folds, k -> gains[k] = gains(all, without(ordered, fold, k)));
        return all.path().crossValidated(gains);
    }

    /** A likelihood with its path of lambdas. */
    private static final class Path {
        private final CoxModel.Fitting fitting;
        private final PartialLikelihood likelihood;
        private final double alpha;
        private final double[] lambdas;

        private Path(CoxModel.Fitting fitting, PartialLikelihood likelihood, double alpha, double[] lambdas) {
            this.fitting = fitting;
            this.likelihood = likelihood;
            this.alpha = alpha;
            this.lambdas = lambdas;
        }

        private PenalisedPath path() {
            CoxFit[] fits = new CoxFit[lambdas.length];
            double[] violations = new double[lambdas.length];
            double[] theta = new double[likelihood.size()];
            for (int i = 0; i < fits.length; i++) {
                PenalisedSearch search = new PenalisedSearch(likelihood, alpha, lambdas[i]);
                Newton.End end = search.from(theta);
                theta = end.theta();
                fits[i] = fitting.penalised(likelihood, search, end);
                violations[i] = search.violation(end.theta(), end.point());
            }
            return new PenalisedPath(alpha, lambdas, fits, violations);
        }
    }

    private Path path(CoxModel.Fitting fitting) {
        PartialLikelihood likelihood = fitting.likelihood(fitting.risk());
        if (likelihood.size() == 0) {
            throw new InvalidArgumentException(
                    "a penalty on a model without covariates that say anything; allowed: at least one");
        }
        double[] lambdas = penalties;
        if (lambdas.length == 0) {
            double most = PenalisedSearch.largest(likelihood) / Math.max(alpha, LEAST_ALPHA);
            double least = PenalisedSearch.weightOf(likelihood) > likelihood.size() ? 1e-4 : 1e-2;
            lambdas = new double[PENALTIES];
            for (int i = 0; i < PENALTIES; i++) {
                lambdas[i] = most * Math.pow(least, i / (PENALTIES - 1.0));
            }
        }
        return new Path(fitting, likelihood, alpha, lambdas);
    }

    private int[] folds(Clusters patients, int rows) {
        int n = patients.count();
        if (n < folds) {
            throw InvalidArgumentException.of("number of folds", folds, "at most the number of patients, " + n);
        }
        double[] key = new double[n];
        for (int c = 0; c < n; c++) {
            key[c] = PatientStream.of(seed, PatientStream.PARAMETERS, c).next();
        }
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(c -> key[c]).thenComparingInt(c -> c))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] ofPatient = new int[n];
        for (int x = 0; x < n; x++) {
            ofPatient[order[x]] = x % folds;
        }
        int[] ofRow = new int[rows];
        Arrays.setAll(ofRow, i -> ofPatient[patients.of(i)]);
        return ofRow;
    }

    /** The rows with those of a fold as nobody. */
    private static SurvivalData without(SurvivalData data, int[] fold, int out) {
        double[] weight = new double[data.size()];
        Arrays.setAll(weight, i -> fold[i] == out ? 0 : data.weight(i));
        return data.toBuilder()
                .weights(weight, data.weightType().orElse(WeightType.FREQUENCY))
                .build();
    }

    /** By lambda, the log-likelihood of all patients less that of those fitted to, at the latter's coefficients. */
    private static double[] gains(Path all, SurvivalData training) {
        PartialLikelihood some = all.fitting.likelihood(training, all.likelihood);
        double[] gains = new double[all.lambdas.length];
        double[] theta = new double[some.size()];
        for (int i = 0; i < gains.length; i++) {
            Newton.End end = new PenalisedSearch(some, all.alpha, all.lambdas[i]).from(theta);
            theta = end.theta();
            gains[i] = all.likelihood.at(theta).value() - end.point().value();
        }
        return gains;
    }

    @Override
    public String toString() {
        return "penalised " + model + ", alpha " + alpha + ", "
                + (penalties.length == 0 ? PENALTIES + " lambdas" : "lambdas " + Arrays.toString(penalties)) + ", "
                + folds
                + " folds by seed " + seed;
    }
}
