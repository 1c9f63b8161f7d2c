package io.engraft.calibrate;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.internal.Brief;
import io.engraft.internal.ChunkedRun;
import io.engraft.internal.PatientStream;
import io.engraft.internal.Require;
import io.engraft.internal.SmoothMinimum;
import io.engraft.internal.StrictNormal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * The posterior of the open numbers: prior times the likelihood of {@link RateCalibration#withLikelihood()}, binomial for
 * targets with a number of patients, normal for those with another precision, order statistics for ranges of times.
 *
 * <p>Priors, unless replaced: flat over open fate probabilities and assumed probabilities (Dirichlet and beta laws with
 * parameters 1); for every other number normal on its working scale, around the value in the open model, with standard
 * deviation 2, which on a logarithm is a factor of fifty either way at 95 %.
 *
 * <p>Sampled by importance: the mode is found by Newton's method, draws come from a multivariate t law with 6 degrees of
 * freedom around it, whose scale is the inverse of minus the second derivatives there, three in ten from one four times as
 * wide, and weights are posterior over proposal. Where these are uneven, as by the corner of a range, up to five more rounds of draws replace the first, each
 * around the weighted mean and covariance of the last. When they are worth fewer than 200 or a twentieth of the draws, the result says so and gives no interval.
 * Draw i depends on the seed and i alone: the same bits for any number of threads.
 */
@CheckReturnValue
public final class PosteriorSampling {

    private static final int FREEDOM = 6;
    private static final double LEAST_EFFECTIVE = 200;
    private static final double LEAST_SHARE = 0.05;
    /** A proposal has a standard deviation of at most 4 in any direction, however flat the posterior is at its mode. */
    private static final double LEAST_CURVATURE = 1.0 / 16;

    /** Of ten draws the last three are from the wide law. */
    private static final double FAR_SHARE = 0.3;

    private static final double WIDENING = 4;
    private static final double LEAST_VARIANCE = 1e-12;
    private static final int ROUNDS = 6;
    private static final double GOOD_SHARE = 0.4;

    private final int draws;
    private final long seed;
    private final double level;
    private final int threads;
    private final Map<String, ParameterPrior> priors;

    private PosteriorSampling(int draws, long seed, double level, int threads, Map<String, ParameterPrior> priors) {
        this.draws = draws;
        this.seed = seed;
        this.level = level;
        this.threads = threads;
        this.priors = priors;
    }

    /**
     * 4000 draws with seed 1, level 0.95, default priors, on all processors.
     *
     * @return the procedure
     */
    public static PosteriorSampling withDefaults() {
        return new PosteriorSampling(4000, 1, 0.95, Runtime.getRuntime().availableProcessors(), Map.of());
    }

    /**
     * Sets the draws.
     *
     * @param draws at least 1000
     * @param seed the seed
     * @return the procedure
     */
    public PosteriorSampling withDraws(int draws, long seed) {
        return new PosteriorSampling(Require.draws("draws", draws, 1000), seed, level, threads, priors);
    }

    /**
     * Sets the level of intervals.
     *
     * @param level strictly between 0 and 1
     * @return the procedure
     */
    public PosteriorSampling withLevel(double level) {
        return new PosteriorSampling(draws, seed, Require.properFraction("level", level), threads, priors);
    }

    /**
     * Sets the number of threads, which changes no result.
     *
     * @param threads at least 1
     * @return the procedure
     */
    public PosteriorSampling withThreads(int threads) {
        return new PosteriorSampling(draws, seed, level, Require.atLeast("threads", threads, 1), priors);
    }

    /**
     * Replaces a prior.
     *
     * @param name of an open number, or "state/probabilities" for the open fates of a state
     * @param prior the prior
     * @return the procedure
     */
    public PosteriorSampling withPrior(String name, ParameterPrior prior) {
        Map<String, ParameterPrior> more = new LinkedHashMap<>(priors);
        more.put(name, prior);
        return new PosteriorSampling(draws, seed, level, threads, Collections.unmodifiableMap(more));
    }

    /**
     * The priors in words.
     *
     * @param model a calibrated model
     * @return by the name of the open number
     * @throws InvalidArgumentException when a prior is for no open number or does not suit it
     */
    public Map<String, String> priors(CalibratedModel model) {
        Map<String, String> words = new LinkedHashMap<>();
        Combination combination = model.objective().combination();
        List<ParameterPrior> used = used(combination);
        for (int b = 0; b < used.size(); b++) {
            words.put(combination.blocks().get(b).name(), used.get(b).toString());
        }
        return Collections.unmodifiableMap(words);
    }

    private List<ParameterPrior> used(Combination combination) {
        List<String> names =
                combination.blocks().stream().map(WorkingBlock::name).toList();
        for (String name : priors.keySet()) {
            if (!names.contains(name)) {
                throw InvalidArgumentException.of("name of a prior", name, "one of " + names);
            }
        }
        List<ParameterPrior> used = new ArrayList<>();
        int at = 0;
        for (WorkingBlock block : combination.blocks()) {
            ParameterPrior given = priors.get(block.name());
            ParameterPrior prior = given == null
                    ? ParameterPrior.weak(block, combination.start().get(at))
                    : given;
            prior.check(block);
            used.add(prior);
            at += block.size();
        }
        return used;
    }

    /**
     * Samples the posterior of a model's open numbers.
     *
     * @param model a calibrated model, of either form; its solution is where the search for the mode starts
     * @return weighted draws
     * @throws InvalidArgumentException when a target has no sample size, standard error, interval or range, or a prior does
     *     not suit
     */
    public CalibrationDraws sample(CalibratedModel model) {
        TargetObjective objective = model.objective();
        for (RateTarget target : objective.targets()) {
            if (!target.hasPrecision() && !target.isRange()) {
                throw new InvalidArgumentException("target " + target + " has no precision, so it has no likelihood;"
                        + " allowed: a sample size, standard error or interval");
            }
        }
        List<ParameterPrior> used = used(objective.combination());
        SmoothMinimum mode = SmoothMinimum.search(x -> -logPosterior(objective, used, x), model.working());
        if (!(mode.value() < Double.POSITIVE_INFINITY)) {
            return none(model, "the posterior is nowhere positive");
        }
        double[] centre = mode.point();
        double[][] axes = axes(mode.hessian(), false);
        double[][] found = new double[draws][];
        double[] logWeights = new double[draws];
        for (int round = 0; round < ROUNDS; round++) {
            draw(round, centre, axes, found, x -> logPosterior(objective, used, x), logWeights);
            double effective = effective(logWeights, 1);
            if (effective >= GOOD_SHARE * draws || round == ROUNDS - 1) {
                break;
            }
            // Too few would give a covariance too small: then the weights are made more even first.
            double power = effective < 20.0 * centre.length ? 0.5 : 1;
            centre = mean(found, logWeights, power);
            axes = axes(covariance(found, logWeights, power, centre), true);
        }
        return weighted(model, found, logWeights);
    }

    private void draw(
            int round,
            double[] centre,
            double[][] axes,
            double[][] found,
            ToDoubleFunction<double[]> logPosterior,
            double[] logWeights) {
        double wide = widening(axes);
        ChunkedRun.run(draws, threads, thread -> i -> {
            double[] x = centre.clone();
            double density =
                    proposal(x, axes, wide, i % 10 >= 7, PatientStream.of(seed, PatientStream.PARAMETERS + round, i));
            found[i] = x;
            logWeights[i] = logPosterior.applyAsDouble(x) - density;
        });
    }

    /** Principal axes of a proposal, from second derivatives of minus the logarithm or from a covariance. */
    private static double[][] axes(double[][] matrix, boolean covariance) {
        int p = matrix.length;
        boolean finite = Arrays.stream(matrix).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite);
        double[][] axes = new double[p][p];
        for (int k = 0; k < p; k++) {
            axes[k][k] = 1;
        }
        if (!finite) {
            return axes;
        }
        EigenDecomposition eigen;
        try {
            eigen = new EigenDecomposition(new Array2DRowRealMatrix(matrix));
        } catch (MathIllegalStateException notDecomposed) {
            return axes;
        }
        for (int k = 0; k < p; k++) {
            double value = Math.abs(eigen.getRealEigenvalue(k));
            double variance = covariance ? Math.max(value, LEAST_VARIANCE) : 1 / Math.max(value, LEAST_CURVATURE);
            axes[k] = eigen.getEigenvector(k).mapMultiply(Math.sqrt(variance)).toArray();
        }
        return axes;
    }

    private static double[] weights(double[] logWeights, double power) {
        double largest = Arrays.stream(logWeights).max().orElse(0);
        double[] weights = Arrays.stream(logWeights)
                .map(w -> Math.exp(power * (w - largest)))
                .toArray();
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(w -> w / sum).toArray();
    }

    private static double effective(double[] logWeights, double power) {
        return 1 / Arrays.stream(weights(logWeights, power)).map(w -> w * w).sum();
    }

    private static double[] mean(double[][] found, double[] logWeights, double power) {
        double[] w = weights(logWeights, power);
        double[] mean = new double[found[0].length];
        for (int i = 0; i < w.length; i++) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += w[i] * found[i][j];
            }
        }
        return mean;
    }

    private static double[][] covariance(double[][] found, double[] logWeights, double power, double[] mean) {
        double[] w = weights(logWeights, power);
        double[][] covariance = new double[mean.length][mean.length];
        for (int i = 0; i < w.length; i++) {
            for (int j = 0; j < mean.length; j++) {
                for (int k = 0; k < mean.length; k++) {
                    covariance[j][k] += w[i] * (found[i][j] - mean[j]) * (found[i][k] - mean[k]);
                }
            }
        }
        return covariance;
    }

    /**
     * Moves a point by a draw from the t law, every third or so from a wider one, and gives the log-density of the two
     * together up to a constant. A plateau far from a sharp mode, as where a share nears its limit, would else be met so
     * rarely that the weights could not tell.
     */
    private static double proposal(double[] x, double[][] axes, double wide, boolean far, PatientStream stream) {
        double chi = ChiSquaredDistribution.of(FREEDOM).inverseCumulativeProbability(stream.next());
        double stretch = Math.sqrt(FREEDOM / chi) * (far ? wide : 1);
        double squares = 0;
        for (double[] axis : axes) {
            double z = StrictNormal.quantile(stream.next()) * stretch;
            squares += z * z;
            for (int j = 0; j < x.length; j++) {
                x[j] += z * axis[j];
            }
        }
        double power = -(FREEDOM + axes.length) / 2.0;
        double near = Math.pow(1 + squares / FREEDOM, power);
        double broad = Math.pow(1 + squares / (wide * wide * FREEDOM), power) / Math.pow(wide, axes.length);
        return Math.log((1 - FAR_SHARE) * near + FAR_SHARE * broad);
    }

    /** How much wider the wide law is: fourfold, but nowhere beyond the widest proposal. */
    private static double widening(double[][] axes) {
        double longest = 0;
        for (double[] axis : axes) {
            longest = Math.max(longest, new ArrayRealVector(axis, false).getNorm());
        }
        return Math.max(1, Math.min(WIDENING, 1 / (Math.sqrt(LEAST_CURVATURE) * longest)));
    }

    private static double logPosterior(TargetObjective objective, List<ParameterPrior> priors, double[] x) {
        double sum = objective.logLikelihood(x);
        int at = 0;
        List<WorkingBlock> blocks = objective.combination().blocks();
        for (int b = 0; b < blocks.size() && sum > Double.NEGATIVE_INFINITY; b++) {
            sum += priors.get(b).logDensity(blocks.get(b), x, at);
            at += blocks.get(b).size();
        }
        return sum;
    }

    private CalibrationDraws none(CalibratedModel model, String reason) {
        return new CalibrationDraws(
                model, new double[0], new double[0][], new double[0], draws, level, threads, reason);
    }

    private CalibrationDraws weighted(CalibratedModel model, double[][] found, double[] logWeights) {
        List<double[]> kept = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        double[] all = weights(logWeights, 1);
        for (int i = 0; i < found.length; i++) {
            // Where there is no model, or next to no posterior, there is nothing to evaluate.
            if (all[i] > 1e-300) {
                kept.add(found[i]);
                weights.add(all[i]);
            }
        }
        double effective = effective(logWeights, 1);
        String reason = effective >= LEAST_EFFECTIVE && effective >= LEAST_SHARE * draws
                ? ""
                : "the draws are worth only " + Math.round(effective) + " independent ones of " + draws;
        double[] plain = weights.stream().mapToDouble(Double::doubleValue).toArray();
        return new CalibrationDraws(
                model, new double[0], kept.toArray(double[][]::new), plain, kept.size(), level, threads, reason);
    }

    @Override
    public String toString() {
        return "posterior sampling of " + draws + " draws, seed " + seed + ", level " + Brief.number(level);
    }
}
