package io.engraft.simulate;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import io.engraft.multistate.FateModel;
import io.engraft.multistate.MultiStateModel;
import io.engraft.multistate.solve.EmpiricalMultiStateModel;
import io.engraft.pathway.ModelFile;
import io.engraft.pathway.PathwayModel;
import java.util.function.LongConsumer;

/**
 * Simulates patients' paths through a {@link FateModel}, a {@link MultiStateModel} or an
 * {@link EmpiricalMultiStateModel}. Patient i draws from the stream
 * (seed, i) of a counter-based generator (Philox 4x64): one uniform for the state to start in where there are several;
 * two for each state with fates that is entered, one for the fate and one for its time; and for each state that is left
 * by competing hazards one a transition, in the order of the model, for the time at which it would happen were it alone,
 * of which the earliest one does. All by inversion; on forward clocks given that nothing happened up to the entry. So a patient's path depends on seed and number alone: not on threads, on the number of patients or on the
 * times that are reported; scenarios that share a seed share their patients' luck; and any path can be replayed. Times of
 * exponential, Weibull, lognormal and log-logistic laws use StrictMath and have the same bits on every machine; for gamma
 * laws see {@link io.engraft.law.Gamma}.
 *
 * <p>No path is kept: the result holds counts, and replays paths when asked for something else.
 *
 * <p>Parameter uncertainty ({@link #withDraws(int)}): in a progressive model every probability is linear in the
 * probabilities of ways through the {@link io.engraft.multistate.FateTree}, so the counts by way of one simulation, taken
 * times the ratio of drawn to stated probability of the way, give the result under drawn fate probabilities, without new
 * paths and without new noise. Draws are those of {@link io.engraft.multistate.FateTree#drawProbabilities}: fate
 * probabilities of states that have a sample size. The laws of time and the probabilities of other states are not drawn.
 */
@CheckReturnValue
public final class PathSimulator {

    private static final int DEFAULT_TIMES = 20;
    private static final double LAST_HORIZON = 1e100;

    private final long patients;
    private final double horizon;
    private final long seed;
    private final int threads;
    private final double[] times;
    private final int draws;
    private final double level;
    private final LongConsumer progress;

    private PathSimulator(
            long patients,
            double horizon,
            long seed,
            int threads,
            double[] times,
            int draws,
            double level,
            LongConsumer progress) {
        this.patients = patients;
        this.horizon = horizon;
        this.seed = seed;
        this.threads = threads;
        this.times = times;
        this.draws = draws;
        this.level = level;
        this.progress = progress;
    }

    /**
     * 100 000 patients, horizon 120 in the unit of the model, seed 1, all processors, 20 equally spaced times up to the
     * horizon, no parameter draws, level 0.95.
     *
     * @return the simulator
     */
    public static PathSimulator withDefaults() {
        return new PathSimulator(
                100_000, 120, 1, Runtime.getRuntime().availableProcessors(), new double[0], 0, 0.95, done -> {});
    }

    /**
     * The same simulator with another number of patients.
     *
     * @param count at least 1
     * @return the simulator
     */
    public PathSimulator withPatients(long count) {
        return new PathSimulator(
                Require.atLeast("patients", count, 1L), horizon, seed, threads, times, draws, level, progress);
    }

    /**
     * The same simulator with another horizon.
     *
     * @param time the last time, positive, in the unit of the model, at most 1e100: squares of longer times cannot be
     *     summed
     * @return the simulator
     */
    public PathSimulator withHorizon(double time) {
        if (!(Require.positive("horizon", time) <= LAST_HORIZON)) {
            throw InvalidArgumentException.of("horizon", time, "0 < horizon <= 1e100");
        }
        return new PathSimulator(patients, time, seed, threads, times, draws, level, progress);
    }

    /**
     * The same simulator with another seed.
     *
     * @param value any number
     * @return the simulator
     */
    public PathSimulator withSeed(long value) {
        return new PathSimulator(patients, horizon, value, threads, times, draws, level, progress);
    }

    /**
     * The same simulator with another number of threads. The result does not depend on it.
     *
     * @param count at least 1
     * @return the simulator
     */
    public PathSimulator withThreads(int count) {
        return new PathSimulator(
                patients, horizon, seed, Require.atLeast("threads", count, 1), times, draws, level, progress);
    }

    /**
     * The same simulator with other times to report.
     *
     * @param values each between 0 and the horizon, in any order; none for the default
     * @return the simulator
     * @throws InvalidArgumentException when a time is negative, infinite or NaN
     */
    public PathSimulator withTimes(double... values) {
        for (double t : values) {
            Require.nonNegative("time", t);
        }
        return new PathSimulator(patients, horizon, seed, threads, values.clone(), draws, level, progress);
    }

    /**
     * The same simulator with draws of the fate probabilities.
     *
     * @param count 0 for none, or at least 100
     * @return the simulator
     * @throws InvalidArgumentException when the number is between 1 and 99, or negative
     */
    public PathSimulator withDraws(int count) {
        if (count != 0 && !(count >= 100)) {
            throw InvalidArgumentException.of("draws", count, "0, or draws >= 100");
        }
        if (count > 0) {
            Require.draws("draws", count, 100);
        }
        return new PathSimulator(patients, horizon, seed, threads, times, count, level, progress);
    }

    /**
     * The same simulator with another level of its intervals.
     *
     * @param confidence strictly between 0 and 1
     * @return the simulator
     */
    public PathSimulator withLevel(double confidence) {
        return new PathSimulator(
                patients, horizon, seed, threads, times, draws, Require.properFraction("level", confidence), progress);
    }

    /**
     * The same simulator with a listener.
     *
     * @param listener told, from several threads, how many patients are done so far
     * @return the simulator
     */
    public PathSimulator withProgress(LongConsumer listener) {
        return new PathSimulator(patients, horizon, seed, threads, times, draws, level, listener);
    }

    /**
     * Simulates.
     *
     * @param model the model
     * @return counts, times and their errors
     * @throws InvalidArgumentException when a time lies beyond the horizon; when draws are asked for and a state can be
     *     entered twice, or no state has a sample size; or when a patient changes state 100 000 times
     */
    public SimulationResult simulate(FateModel model) {
        return simulate(CompiledModel.of(model));
    }

    /**
     * Simulates a multi-state model. A model of fates alone gives the same paths as the {@link FateModel} that it is.
     *
     * @param model the model; where it depends on covariates, with their values
     * @return counts, times and their errors
     * @throws InvalidArgumentException when a time lies beyond the horizon; when covariates have no values; when draws
     *     are asked for and the model is not one of fates alone, a state can be entered twice, or no state has a sample
     *     size; or when a patient changes state 100 000 times
     */
    public SimulationResult simulate(MultiStateModel model) {
        return simulate(CompiledModel.of(model, horizon));
    }

    /**
     * Simulates a model by name or from a file. Draws of fate probabilities are possible where it is one of fates alone.
     *
     * @param model the model
     * @return counts, times and their errors
     * @throws InvalidArgumentException as for the model that it is
     */
    public SimulationResult simulate(ModelFile model) {
        PathwayModel pathway = model.pathway().orElse(null);
        return pathway != null && pathway.isFateModel() ? simulate(pathway.model()) : simulate(model.model());
    }

    /**
     * Simulates a model of step hazards. A stay takes two uniforms, one for the time at which it ends and one for the
     * state that is entered then; the event has the name of that state.
     *
     * @param model the model
     * @return counts, times and their errors
     * @throws InvalidArgumentException when the simulator's horizon lies beyond that of the model; when a time lies
     *     beyond the horizon; or when draws are asked for
     */
    public SimulationResult simulate(EmpiricalMultiStateModel model) {
        requireHorizon(model);
        return simulate(CompiledModel.of(model));
    }

    private void requireHorizon(EmpiricalMultiStateModel model) {
        if (horizon > model.horizon()) {
            throw InvalidArgumentException.of(
                    "horizon", horizon, "at most that of the model, which is " + model.horizon());
        }
    }

    private SimulationResult simulate(CompiledModel compiled) {
        double[] at = times.length == 0 ? defaultTimes() : times;
        for (double t : at) {
            if (t > horizon) {
                throw InvalidArgumentException.of("time", t, "0 <= time <= horizon = " + horizon);
            }
        }
        ParameterDraws parameters = ParameterDraws.of(compiled, draws, seed);
        PathEngine engine = new PathEngine(compiled, patients, horizon, seed, threads);
        return SimulationResult.run(engine, at, parameters, level, progress);
    }

    private double[] defaultTimes() {
        double[] at = new double[DEFAULT_TIMES];
        for (int j = 0; j < DEFAULT_TIMES; j++) {
            at[j] = horizon * (j + 1) / DEFAULT_TIMES;
        }
        return at;
    }

    /**
     * Replays the path of one patient.
     *
     * @param model the model
     * @param patient the number, from 0; it may lie beyond the number of patients
     * @return the path up to the horizon
     * @throws InvalidArgumentException when the number is negative
     */
    public SimulatedPath path(FateModel model, long patient) {
        Require.atLeast("patient", patient, 0L);
        return new PathEngine(CompiledModel.of(model), patients, horizon, seed, threads).path(patient);
    }

    /**
     * Replays the path of one patient.
     *
     * @param model the model; where it depends on covariates, with their values
     * @param patient the number, from 0; it may lie beyond the number of patients
     * @return the path up to the horizon
     * @throws InvalidArgumentException when the number is negative, or covariates have no values
     */
    public SimulatedPath path(MultiStateModel model, long patient) {
        Require.atLeast("patient", patient, 0L);
        return new PathEngine(CompiledModel.of(model, horizon), patients, horizon, seed, threads).path(patient);
    }

    /**
     * Replays the path of one patient.
     *
     * @param model the model of step hazards
     * @param patient the number, from 0; it may lie beyond the number of patients
     * @return the path up to the horizon
     * @throws InvalidArgumentException when the number is negative, or the simulator's horizon lies beyond that of the
     *     model
     */
    public SimulatedPath path(EmpiricalMultiStateModel model, long patient) {
        Require.atLeast("patient", patient, 0L);
        requireHorizon(model);
        return new PathEngine(CompiledModel.of(model), patients, horizon, seed, threads).path(patient);
    }

    @Override
    public String toString() {
        return "simulator of " + patients + " patients up to " + Brief.number(horizon) + ", seed " + seed;
    }
}
