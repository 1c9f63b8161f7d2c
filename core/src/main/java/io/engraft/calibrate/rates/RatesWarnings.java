package io.engraft.calibrate.rates;

import io.engraft.internal.csv.NumberText;
import io.engraft.pathway.Assumption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What should be known before models of calibrated rates are used, in sentences. */
final class RatesWarnings {

    static final String FAMILIES =
            "Two timing targets fix every two-parameter family exactly, so they cannot tell which one"
                    + " is right: compare all families before relying on times between and beyond the targets.";

    private RatesWarnings() {}

    /** Of assumptions that stand in for figures, and figures that say the same. */
    static List<String> of(RatesSampling sampling, Collection<Assumption> used) {
        List<String> warnings = new ArrayList<>();
        for (Assumption a : used) {
            warnings.add("Not given, so taken from JMML assumption " + a.id() + " = " + NumberText.format(a.value())
                    + (a.unit().equals("probability") ? "" : " " + a.unit()) + " (range " + NumberText.format(a.low())
                    + " to " + NumberText.format(a.high())
                    + "): " + a.text());
        }
        for (EventTiming timing : List.of(sampling.relapseTiming(), sampling.nrmTiming())) {
            if (timing.sameTwice()) {
                warnings.add("The median of " + timing.event() + " and its share by a time say the same within their"
                        + " rounding, so they count as one figure, the median.");
            }
        }
        return warnings;
    }

    /** Of what intervals hold, and what they leave out. */
    static List<String> ofIntervals(RatesSampling sampling, boolean timesKnown, boolean oneFamily) {
        if (sampling.patients() == 0) {
            return List.of("No number of patients, standard error or interval was given, so there are no intervals.");
        }
        String censored = "as if the fate of all " + sampling.patients()
                + " patients were known: where many were censored they are too narrow. ";
        if (timesKnown) {
            return List.of("Intervals hold the sampling error of the three long-run probabilities only, " + censored
                    + "The times of relapse and of death without relapse are taken as known.");
        }
        return List.of(
                "Intervals hold sampling error, rounding and the ranges of assumptions, of shares and times"
                        + " together, " + censored
                        + (oneFamily
                                ? "They are those within one family of laws, as if it were known to be right."
                                : "They are the lowest and highest limits of the families Weibull, log-normal and log-logistic."));
    }
}
