package io.engraft.regression;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A patient's covariates over time: those from time 0, and those after each change. A value holds on (change, next
 * change], as in rows of (entry, time].
 *
 * <p>What is predicted along a path is a survival probability only where the path is known beforehand or does not depend
 * on the patient's being alive (an external covariate, such as a dose by plan). For what is measured on the patient, a
 * laboratory value or graft-versus-host disease, that there is a value says that the patient lives: then exp(-H) along it
 * is no probability of anybody's survival. Immutable.
 */
public final class CovariatePath {

    private final List<Double> from;
    private final List<CovariateProfile> profiles;

    private CovariatePath(List<Double> from, List<CovariateProfile> profiles) {
        this.from = Collections.unmodifiableList(from);
        this.profiles = Collections.unmodifiableList(profiles);
    }

    /**
     * A path that stays as it begins.
     *
     * @param profile the covariates from time 0
     * @return the path
     */
    public static CovariatePath of(CovariateProfile profile) {
        return new CovariatePath(List.of(0.0), List.of(profile));
    }

    /**
     * With other covariates after some time.
     *
     * @param time later than the change before
     * @param profile all covariates after it
     * @return the longer path
     * @throws InvalidArgumentException when the time is not later, or not finite
     */
    public CovariatePath then(double time, CovariateProfile profile) {
        double last = from.get(from.size() - 1);
        if (!(Require.finite("time of change", time) > last)) {
            throw InvalidArgumentException.of(
                    "time of change", time, "later than the one before, " + Brief.number(last));
        }
        List<Double> moreTimes = new ArrayList<>(from);
        moreTimes.add(time);
        List<CovariateProfile> more = new ArrayList<>(profiles);
        more.add(profile);
        return new CovariatePath(moreTimes, more);
    }

    /**
     * When covariates change.
     *
     * @return 0, and the times of the changes, ascending
     */
    public List<Double> times() {
        return from;
    }

    /**
     * The covariates after each of {@link #times()}.
     *
     * @return one profile a time
     */
    public List<CovariateProfile> profiles() {
        return profiles;
    }

    /**
     * The same path with some covariates only.
     *
     * @param kept names of covariates; those that the profiles do not have are passed over
     * @return the path
     */
    @CheckReturnValue
    public CovariatePath only(Collection<String> kept) {
        return map(profile -> profile.only(kept));
    }

    /**
     * The same path with each of its profiles changed.
     *
     * @param change gives a profile for one
     * @return the path
     */
    @CheckReturnValue
    public CovariatePath map(UnaryOperator<CovariateProfile> change) {
        return new CovariatePath(from, profiles.stream().map(change).toList());
    }

    @Override
    public String toString() {
        if (from.size() == 1) {
            return profiles.get(0).toString();
        }
        List<String> parts = new ArrayList<>();
        for (int j = 0; j < from.size(); j++) {
            parts.add("from " + Brief.number(from.get(j)) + " " + profiles.get(j));
        }
        return String.join(", ", parts);
    }
}
