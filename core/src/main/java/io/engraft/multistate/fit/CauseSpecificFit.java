package io.engraft.multistate.fit;

import io.engraft.InvalidArgumentException;
import io.engraft.data.MultiStateData;
import io.engraft.data.Transition;
import io.engraft.internal.CauseChoice;
import io.engraft.regression.CovariatePath;
import io.engraft.regression.CovariateProfile;
import io.engraft.regression.CoxFit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Fitted Cox models of all causes of failure. Causes that are declared and never seen have no hazard. Threads may share it.
 * Immutable.
 */
public final class CauseSpecificFit {

    private static final String ONLY = "";

    private final Map<Integer, CoxFit> fits;
    private final List<String> labels;
    private final SurvivalForm form;
    private final List<String> states;
    /** By stratum, the steps of all causes on one line of times: the same whoever the patient is. */
    private final Map<String, HazardCourse.Grid> grids = new ConcurrentHashMap<>();

    CauseSpecificFit(Map<Integer, CoxFit> fits, List<String> labels, SurvivalForm form) {
        this.fits = Collections.unmodifiableMap(new LinkedHashMap<>(fits));
        this.labels = List.copyOf(labels);
        this.form = form;
        List<String> all = new ArrayList<>(List.of(MultiStateData.EVENT_FREE));
        all.addAll(labels);
        this.states = List.copyOf(all);
    }

    /**
     * The fits.
     *
     * @return by status code, of the causes that have events
     */
    public Map<Integer, CoxFit> fits() {
        return fits;
    }

    /**
     * The fit of one cause.
     *
     * @param code its status code
     * @return the fit
     * @throws InvalidArgumentException when the data have no such cause, or no event of it
     */
    public CoxFit fit(int code) {
        CauseChoice.code("cause", code, labels);
        CoxFit fit = fits.get(code);
        if (fit == null) {
            throw InvalidArgumentException.of(
                    "cause", code + ", of which there are no events", "one of " + fits.keySet());
        }
        return fit;
    }

    /**
     * The fit of one cause.
     *
     * @param label its label in the data
     * @return the fit
     * @throws InvalidArgumentException when the data have no such cause, or no event of it
     */
    public CoxFit fit(String label) {
        return fit(CauseChoice.code("cause", label, labels));
    }

    /**
     * What the causes are called.
     *
     * @return labels, that of code 1 first
     */
    public List<String> causes() {
        return labels;
    }

    /**
     * The strata, each with baseline hazards of its own.
     *
     * @return their names; empty where there are none
     */
    public List<String> strata() {
        return fits.values().iterator().next().strata();
    }

    /**
     * The probabilities of being without an event and of each cause, for a patient.
     *
     * @param profile the covariates of all fits
     * @return the probabilities; states are "event-free" and the causes
     * @throws InvalidArgumentException as {@link CoxFit#predict(CovariateProfile)} says
     */
    public PredictedStates predict(CovariateProfile profile) {
        return predict(CovariatePath.of(profile));
    }

    /**
     * The same for a patient of a stratum.
     *
     * @param profile the covariates of all fits
     * @param stratum one of {@link #strata()}
     * @return the probabilities
     * @throws InvalidArgumentException as {@link CoxFit#predict(CovariateProfile, String)} says
     */
    public PredictedStates predict(CovariateProfile profile, String stratum) {
        return predict(CovariatePath.of(profile), stratum);
    }

    /**
     * The same along covariates that change with time; see {@link CovariatePath} for when that is a probability.
     *
     * @param path the covariates of all fits over time
     * @return the probabilities
     * @throws InvalidArgumentException as {@link CoxFit#predict(CovariatePath)} says
     */
    public PredictedStates predict(CovariatePath path) {
        return along(path, ONLY);
    }

    /**
     * The same in a stratum.
     *
     * @param path the covariates of all fits over time
     * @param stratum one of {@link #strata()}
     * @return the probabilities
     * @throws InvalidArgumentException as {@link CoxFit#predict(CovariatePath, String)} says
     */
    public PredictedStates predict(CovariatePath path, String stratum) {
        if (!strata().contains(stratum)) {
            throw InvalidArgumentException.ofText(
                    "stratum", stratum, strata().isEmpty() ? "none, the models have no strata" : "one of " + strata());
        }
        return along(path, stratum);
    }

    private PredictedStates along(CovariatePath path, String stratum) {
        Set<String> known = new LinkedHashSet<>();
        fits.values().forEach(fit -> known.addAll(fit.covariates()));
        HazardCourse.requireKnown(path, known);
        List<HazardCourse.Way> ways = new ArrayList<>();
        fits.forEach((code, fit) -> {
            CovariatePath own = path.only(fit.covariates());
            ways.add(new HazardCourse.Way(
                    new Transition(MultiStateData.EVENT_FREE, labels.get(code - 1)),
                    fit,
                    stratum.equals(ONLY) ? fit.predict(own) : fit.predict(own, stratum)));
        });
        CoxFit first = ways.get(0).fit();
        HazardCourse.Grid grid =
                grids.computeIfAbsent(stratum, s -> new HazardCourse.Grid(states, ways, first.tieRule()));
        double horizon = ways.get(0).curve().lastTime();
        return new PredictedStates(
                new HazardCourse(grid, ways, form, horizon), path, MultiStateData.EVENT_FREE, 0, first.level());
    }

    /**
     * The absolute risk of one cause: the probability that it happens first, by a time.
     *
     * @param code the status code of the cause
     * @param profile the covariates of all fits
     * @return the curve
     * @throws InvalidArgumentException when the data have no such cause, or as {@link #predict(CovariateProfile)} says
     */
    public PredictedEntry risk(int code, CovariateProfile profile) {
        return risk(code, predict(profile));
    }

    /**
     * The absolute risk of one cause in a stratum.
     *
     * @param code the status code of the cause
     * @param profile the covariates of all fits
     * @param stratum one of {@link #strata()}
     * @return the curve
     * @throws InvalidArgumentException when the data have no such cause, or as
     *     {@link #predict(CovariateProfile, String)} says
     */
    public PredictedEntry risk(int code, CovariateProfile profile, String stratum) {
        return risk(code, predict(profile, stratum));
    }

    private PredictedEntry risk(int code, PredictedStates states) {
        return new PredictedEntry(states, CauseChoice.label("cause", code, labels), OptionalInt.of(code));
    }

    /**
     * How hazards become risks.
     *
     * @return the form
     */
    public SurvivalForm form() {
        return form;
    }

    @Override
    public String toString() {
        return "cause-specific Cox models of " + fits.size() + " causes, risks by " + form.label() + ": " + fits;
    }
}
