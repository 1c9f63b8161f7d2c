package io.engraft.multistate;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.internal.Require;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A state and what can come of it.
 *
 * @param name the name, unique in a model
 * @param label a few words for people
 * @param alive whether a patient in it is alive
 * @param sampleSize the number of patients behind the fates' probabilities, 0 where there is none
 * @param fates what can happen, with probabilities that sum to 1 within 1e-9; empty where the state is never left
 */
@CheckReturnValue
public record FateState(String name, String label, boolean alive, int sampleSize, List<Fate> fates) {

    private static final double SUM_TOLERANCE = 1e-9;

    /**
     * Checks the parts.
     *
     * @param name the name, unique in a model
     * @param label a few words for people
     * @param alive whether a patient in it is alive
     * @param sampleSize the number of patients behind the fates' probabilities, 0 where there is none
     * @param fates what can happen, with probabilities that sum to 1 within 1e-9; empty where the state is never left
     */
    public FateState {
        if (name.isBlank()) {
            throw new InvalidArgumentException("the name of a state is blank; allowed: a name");
        }
        Require.atLeast("sample size of state '" + name + "'", sampleSize, 0);
        fates = List.copyOf(fates);
        checkFates("state '" + name + "'", fates);
    }

    /**
     * A state with fates and no stated sample size.
     *
     * @param name the name, also the label
     * @param alive whether a patient in it is alive
     * @param fates what can happen
     * @return the state
     */
    public static FateState of(String name, boolean alive, Fate... fates) {
        return new FateState(name, name, alive, 0, List.of(fates));
    }

    /**
     * A state that is never left.
     *
     * @param name the name, also the label
     * @param alive whether a patient in it is alive
     * @return the state
     */
    public static FateState absorbing(String name, boolean alive) {
        return new FateState(name, name, alive, 0, List.of());
    }

    /**
     * The same state with a sample size.
     *
     * @param patients the number of patients behind the probabilities, 0 for none
     * @return the state
     */
    public FateState withSampleSize(int patients) {
        return new FateState(name, label, alive, patients, fates);
    }

    /**
     * Checks the fates of one state: each event once, and probabilities that sum to 1 within 1e-9.
     *
     * @param where whose fates they are, for the message
     * @param fates the fates; none is allowed
     * @throws InvalidArgumentException when an event is there twice, or the sum is not 1
     */
    public static void checkFates(String where, List<Fate> fates) {
        if (fates.isEmpty()) {
            return;
        }
        Set<String> seen = new HashSet<>();
        double sum = 0;
        for (Fate fate : fates) {
            if (!seen.add(fate.event())) {
                throw new InvalidArgumentException(
                        where + " has the fate '" + fate.event() + "' twice; allowed: each name once");
            }
            sum += fate.probability();
        }
        if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
            String parts =
                    fates.stream().map(f -> f.event() + " " + f.probability()).collect(Collectors.joining(", "));
            throw new InvalidArgumentException("the probabilities of the fates of " + where + " sum to " + sum + " ("
                    + parts + "); allowed: a sum of 1");
        }
    }
}
