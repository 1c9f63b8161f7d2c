package io.engraft.calibrate;

import io.engraft.CheckReturnValue;
import io.engraft.FitStatus;
import io.engraft.InvalidArgumentException;
import io.engraft.internal.Brief;
import io.engraft.internal.ChunkedRun;
import io.engraft.internal.PatientStream;
import io.engraft.internal.Require;
import io.engraft.internal.StrictNormal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * The uncertainty of a calibration by drawing its targets anew and calibrating again from the solution. A share of n
 * patients is drawn from the beta law with parameters n p + 1/2 and n (1 - p) + 1/2 (Jeffreys' prior), also where a
 * quantile stands for one; a probability with a standard error or interval is normal on the logit (delta method), a time
 * on the logarithm; a range is uniform; a range of times is drawn as order statistics of the solution; what has no
 * precision stays. Draw i depends on the seed and i alone: the same bits for any number of threads.
 *
 * <p>Drawn targets that no values of the open numbers meet (where as many numbers are open as there are targets) are
 * counted as failed; when more than a tenth fail, no interval is given.
 */
@CheckReturnValue
public final class TargetSampling {

    private static final double MOST_FAILED = 0.1;
    private static final double MET = 1e-6;

    private final int draws;
    private final long seed;
    private final double level;
    private final int threads;

    private TargetSampling(int draws, long seed, double level, int threads) {
        this.draws = draws;
        this.seed = seed;
        this.level = level;
        this.threads = threads;
    }

    /**
     * 1000 draws with seed 1, level 0.95, on all processors.
     *
     * @return the procedure
     */
    public static TargetSampling withDefaults() {
        return new TargetSampling(1000, 1, 0.95, Runtime.getRuntime().availableProcessors());
    }

    /**
     * Sets the draws.
     *
     * @param draws at least 100
     * @param seed the seed
     * @return the procedure
     */
    public TargetSampling withDraws(int draws, long seed) {
        return new TargetSampling(Require.draws("draws", draws, 100), seed, level, threads);
    }

    /**
     * Sets the level of intervals.
     *
     * @param level strictly between 0 and 1
     * @return the procedure
     */
    public TargetSampling withLevel(double level) {
        return new TargetSampling(draws, seed, Require.properFraction("level", level), threads);
    }

    /**
     * Sets the number of threads, which changes no result.
     *
     * @param threads at least 1
     * @return the procedure
     */
    public TargetSampling withThreads(int threads) {
        return new TargetSampling(draws, seed, level, Require.atLeast("threads", threads, 1));
    }

    /**
     * Draws the targets of a calibrated model and calibrates each time.
     *
     * @param model a calibrated model whose targets, ranges taken at their middles, determine every open number
     * @return the draws
     * @throws InvalidArgumentException when no target has a precision or range, the targets contradict each other or leave
     *     a number open, or the calibration did not converge
     */
    public CalibrationDraws sample(CalibratedModel model) {
        TargetObjective objective = model.objective();
        check(model, objective);
        double[] solution = model.working();
        double[][] jacobian = TargetSearch.jacobian(objective.with(middles(objective)), solution, objective.size());
        double[][] found = new double[draws][];
        ChunkedRun.run(draws, threads, thread -> i -> found[i] = refitted(objective, model, jacobian, i));
        double[][] kept = Arrays.stream(found).filter(x -> x.length > 0).toArray(double[][]::new);
        double[] weights = new double[kept.length];
        Arrays.fill(weights, 1);
        int failed = draws - kept.length;
        String reason = failed > MOST_FAILED * draws
                ? failed + " of " + draws
                        + " drawn sets of targets were met by no values of the open numbers, and limits from the"
                        + " others would be too narrow; allowed: targets that can hold together within their precision (more"
                        + " patients, a smaller se), or more open numbers"
                : "";
        return new CalibrationDraws(model, solution, kept, weights, draws, level, threads, reason);
    }

    /**
     * Why {@link #sample} would refuse a model.
     *
     * @param model a calibrated model
     * @return a sentence, empty where its targets can be drawn
     */
    public String refusal(CalibratedModel model) {
        try {
            check(model, model.objective());
            return "";
        } catch (InvalidArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void check(CalibratedModel model, TargetObjective objective) {
        if (model.status() == FitStatus.CONTRADICTORY || model.status() == FitStatus.FAILED) {
            throw InvalidArgumentException.of(
                    "status of the calibration to be sampled", model.status().label(), "converged; " + model.message());
        }
        boolean vary = !objective.ranges().isEmpty()
                || objective.targets().stream().anyMatch(t -> t.isRange() || t.hasPrecision());
        if (!vary) {
            throw new InvalidArgumentException(
                    "no target has a sample size, standard error, interval or range, so there is"
                            + " nothing to draw; allowed: at least one that has");
        }
        Identifiability seen = TargetSearch.identifiability(objective.with(middles(objective)), model.working());
        if (!seen.isIdentified()) {
            throw new InvalidArgumentException("the targets leave open " + seen.undetermined()
                    + ", so that drawing them says nothing of these; allowed: targets that determine every open number, or"
                    + " fewer open numbers (in code also PosteriorSampling, whose prior determines them)");
        }
    }

    private static List<RateTarget> middles(TargetObjective objective) {
        return objective.targets().stream()
                .map(t -> t.isRange() ? t.at(t.quantity(), t.middle()) : t)
                .toList();
    }

    /** The working values that a drawn set of targets leads to; none where it fails. */
    private double[] refitted(TargetObjective objective, CalibratedModel model, double[][] jacobian, int draw) {
        PatientStream stream = PatientStream.of(seed, PatientStream.PARAMETERS, draw);
        List<RateTarget> drawn = new ArrayList<>();
        for (RateTarget target : objective.targets()) {
            // One uniform a target, used or not, so that precision given to one does not move the others.
            drawn.add(drawn(target, stream.next()));
        }
        List<RangeOfTimes> ranges = new ArrayList<>();
        for (RangeOfTimes range : objective.ranges()) {
            ranges.add(drawn(range, objective.reading(model.working()), stream));
        }
        TargetObjective again = objective.with(drawn, ranges);
        TargetSearch.Found found = TargetSearch.refit(again, model.byLikelihood(), model.working(), jacobian);
        boolean determined = objective.size() == model.working().length;
        boolean good = found.converged() && (!determined || model.byLikelihood() || found.squares() < MET);
        return good ? found.working() : new double[0];
    }

    private static RateTarget drawn(RateTarget target, double uniform) {
        ModelQuantity quantity = target.quantity();
        if (target.isRange()) {
            double width = target.high() - target.low();
            double value = target.low() + uniform * width;
            return target.at(quantity, value);
        }
        if (!target.hasPrecision()) {
            return target;
        }
        if (target.sampleSize() > 0) {
            double p = quantity.isTime() ? target.quantileShare() : target.low();
            int n = target.sampleSize();
            double share = BetaDistribution.of(n * p + 0.5, n * (1 - p) + 0.5).inverseCumulativeProbability(uniform);
            ModelQuantity what = quantity.isTime() ? TargetObjective.asShare(quantity, target.low()) : quantity;
            return target.at(what, share);
        }
        double z = StrictNormal.quantile(uniform);
        if (quantity.isTime()) {
            return target.at(quantity, target.low() * StrictMath.exp(z * target.error()));
        }
        double p = target.low();
        if (!(p > 0 && p < 1)) {
            return target;
        }
        double logit = StrictMath.log(p / (1 - p)) + z * target.error() / (p * (1 - p));
        return target.at(quantity, 1 / (1 + StrictMath.exp(-logit)));
    }

    /** Largest, smallest and median of n uniforms, as times of the solution. */
    static RangeOfTimes drawn(RangeOfTimes range, ModelReading solution, PatientStream stream) {
        int n = range.n();
        double largest = Math.pow(stream.next(), 1.0 / n);
        double smallest = largest * -Math.expm1(Math.log(stream.next()) / (n - 1));
        double middle = BetaDistribution.of((n - 1) / 2.0, (n - 1) / 2.0).inverseCumulativeProbability(stream.next());
        double median = smallest + middle * (largest - smallest);
        return new RangeOfTimes(
                range.event(),
                n,
                solution.value(new ModelQuantity.EventQuantile(range.event(), median)),
                solution.value(new ModelQuantity.EventQuantile(range.event(), smallest)),
                solution.value(new ModelQuantity.EventQuantile(range.event(), largest)));
    }

    @Override
    public String toString() {
        return "sampling of targets, " + draws + " draws, seed " + seed + ", level " + Brief.number(level);
    }
}
