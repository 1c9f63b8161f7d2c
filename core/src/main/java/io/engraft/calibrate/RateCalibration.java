package io.engraft.calibrate;

import io.engraft.CheckReturnValue;
import io.engraft.FitStatus;
import io.engraft.InvalidArgumentException;
import io.engraft.NotEstimableException;
import io.engraft.internal.Brief;
import java.util.ArrayList;
import java.util.List;

/**
 * From published figures to a model: finds the open numbers of an {@link OpenModel} with which its curves meet any set of
 * {@link RateTarget}s, for every choice of admissible families side by side. By weighted least squares (residuals in
 * standard errors; of probabilities as they are, of times on the logarithm), or by likelihood: binomial where a target has
 * a number of patients, normal where it has another precision, order statistics for a {@link RangeOfTimes}. Targets count
 * as independent of each other; shares that sum to 1 should be given without one of them.
 *
 * <p>Each result says what the targets leave open, by the singular values of the Jacobian at the solution, and which
 * targets are missed. Its uncertainty: {@link TargetSampling} draws the targets, {@link PosteriorSampling} the open
 * numbers given the targets.
 *
 * <p>Curves are closed forms where possible and {@link io.engraft.multistate.solve.OccupancySolver}'s elsewhere; derivatives
 * are differences of fourth order. The search starts at the model's own numbers and, where these do not lead to a
 * perfect fit, at five others drawn around them from a fixed seed; the best end counts.
 */
@CheckReturnValue
public final class RateCalibration {

    private static final double RUNS_OFF = 20;
    private static final String WITHIN_RANGES =
            " Ranges hold values only between their ends; the solution shown is at their"
                    + " middles where all targets can be met there.";

    private final OpenModel model;
    private final List<RateTarget> targets;
    private final List<RangeOfTimes> ranges;
    private final boolean likelihood;

    private RateCalibration(OpenModel model, List<RateTarget> targets, List<RangeOfTimes> ranges, boolean likelihood) {
        this.model = model;
        this.targets = targets;
        this.ranges = ranges;
        this.likelihood = likelihood;
    }

    /**
     * A calibration by least squares, without targets yet.
     *
     * @param model the model with its open numbers
     * @return the calibration
     */
    public static RateCalibration of(OpenModel model) {
        return new RateCalibration(model, List.of(), List.of(), false);
    }

    /**
     * Adds a target.
     *
     * @param target the target
     * @return the calibration
     */
    public RateCalibration withTarget(RateTarget target) {
        List<RateTarget> more = new ArrayList<>(targets);
        more.add(target);
        return new RateCalibration(model, List.copyOf(more), ranges, likelihood);
    }

    /**
     * Adds a target without stated precision.
     *
     * @param quantity the quantity
     * @param value its value
     * @return the calibration
     */
    public RateCalibration withTarget(ModelQuantity quantity, double value) {
        return withTarget(RateTarget.of(quantity, value));
    }

    /**
     * Adds the median and range of the times of an event.
     *
     * @param range the numbers
     * @return the calibration
     */
    public RateCalibration withRangeOfTimes(RangeOfTimes range) {
        List<RangeOfTimes> more = new ArrayList<>(ranges);
        more.add(range);
        return new RateCalibration(model, targets, List.copyOf(more), likelihood);
    }

    /**
     * Minimises the weighted sum of squared residuals: the default.
     *
     * @return the calibration
     */
    public RateCalibration withLeastSquares() {
        return new RateCalibration(model, targets, ranges, false);
    }

    /**
     * Maximises the likelihood.
     *
     * @return the calibration
     */
    public RateCalibration withLikelihood() {
        return new RateCalibration(model, targets, ranges, true);
    }

    /**
     * Calibrates every choice of families.
     *
     * @return one model a choice, each with its status
     * @throws InvalidArgumentException when there is no target or no open number; a target names a state or event that the
     *     model does not have, or an event that nobody has; targets contradict each other in any model; or a limit is
     *     asked for that has no answer
     * @throws NotEstimableException when a target is a quantile that the model does not reach at the end of the search
     */
    public CalibrationResult calibrate() {
        if (targets.isEmpty() && ranges.isEmpty()) {
            throw new InvalidArgumentException("the calibration has no target; allowed: at least one");
        }
        List<Combination> combinations = model.combinations();
        TargetChecks.check(model.skeleton(), targets, ranges);
        List<CalibratedModel> models = new ArrayList<>();
        for (Combination combination : combinations) {
            models.add(fit(combination));
        }
        return new CalibrationResult(models, warnings(models));
    }

    private CalibratedModel fit(Combination combination) {
        TargetObjective objective = new TargetObjective(combination, targets, ranges);
        askOnce(objective);
        TargetSearch.Found found = TargetSearch.search(objective, likelihood);
        double[] at = found.working();
        Identifiability identifiability = TargetSearch.identifiability(objective, at);
        List<TargetFit> fits = objective.fits(at);
        List<String> missed =
                fits.stream().filter(f -> !f.met()).map(TargetFit::target).toList();
        FitStatus status = FitStatus.CONVERGED;
        String message = "";
        String far = runsOff(combination, at);
        if (!far.isEmpty() || (!found.converged() && identifiability.isIdentified())) {
            status = FitStatus.FAILED;
            message = far.isEmpty() ? "The search did not end at an optimum." : far + " runs off without bound.";
        } else if (!missed.isEmpty()) {
            status = FitStatus.CONTRADICTORY;
            message = "No values of the open numbers meet all targets; missed: " + missed + ".";
        } else if (!identifiability.isIdentified()) {
            status = FitStatus.NOT_IDENTIFIED;
            message = "The targets leave open " + identifiability.undetermined()
                    + ": no target changes along " + String.join("; or along ", identifiability.directions()) + "."
                    + (targets.stream().anyMatch(RateTarget::isRange) ? WITHIN_RANGES : "");
        }
        return new CalibratedModel(objective, likelihood, at, status, message, identifiability, fits, found.squares());
    }

    /** So that what no values of the open numbers can mend is an error, with its reason. */
    private static void askOnce(TargetObjective objective) {
        double[] start = objective.combination().starting();
        ModelReading reading = objective.reading(start);
        try {
            objective.residuals(reading);
        } catch (NotEstimableException notReachedAtStart) {
            return; // other values may reach it
        }
    }

    private static String runsOff(Combination combination, double[] at) {
        List<String> names = combination.workingNames();
        for (int j = 0; j < at.length; j++) {
            if (!(Math.abs(at[j] - combination.start().get(j)) < RUNS_OFF)) {
                return names.get(j);
            }
        }
        return "";
    }

    private List<String> warnings(List<CalibratedModel> models) {
        List<String> warnings = new ArrayList<>();
        models.get(0).families().forEach((law, family) -> {
            boolean alone = models.stream().allMatch(m -> m.families().get(law) == family);
            if (alone) {
                warnings.add("One family was chosen for " + law + ", " + family.label()
                        + ": other families may meet the targets as well and differ elsewhere; compare all"
                        + " of them (--family all; OpenLaw.ofAnyFamily() in code).");
            }
        });
        long meeting = models.stream()
                .filter(m -> m.targets().stream().allMatch(TargetFit::met))
                .count();
        if (meeting > 1) {
            warnings.add(
                    meeting + " choices of families meet all targets: the targets do not tell them apart, and what the"
                            + " models say beyond the targets differs.");
        }
        if (targets.stream().anyMatch(t -> !t.hasPrecision())) {
            warnings.add("Targets without stated precision count with a standard error of " + RateTarget.DEFAULT_ERROR
                    + " (of a time, 1 %), and as met within half of that.");
        }
        for (CalibratedModel m : models) {
            if (m.status() != FitStatus.CONVERGED) {
                warnings.add(m.label() + ": " + m.status().label() + ". " + m.message());
            }
        }
        return warnings;
    }

    @Override
    public String toString() {
        return "calibration to " + Brief.list(targets)
                + (ranges.isEmpty() ? "" : " and " + Brief.count(ranges.size(), "range") + " of times");
    }
}
