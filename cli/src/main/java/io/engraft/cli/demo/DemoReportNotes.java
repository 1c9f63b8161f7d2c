package io.engraft.cli.demo;

import io.engraft.report.page.HtmlSection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sections of the demo's page that hold words only. */
final class DemoReportNotes {

    private final DemoStudy study;

    DemoReportNotes(DemoStudy study) {
        this.study = study;
    }

    HtmlSection methods() {
        Map<String, String> c = study.survival().conventions();
        Map<String, String> terms = new LinkedHashMap<>();
        terms.put(
                "Event-free survival",
                "Kaplan-Meier estimate. Every status code of 1 or more is an event. Standard errors by Greenwood's formula.");
        terms.put(
                "Cumulative incidence",
                "Aalen-Johansen estimate, never 1 minus Kaplan-Meier, which treats competing events as if they had not"
                        + " happened and overstates each. Variance by the delta method (Dinse and Larson).");
        terms.put(
                "Intervals",
                "Pointwise, at level " + c.get("level") + ", on the " + c.get("interval") + " scale, so that they stay"
                        + " within 0 and 100 %. None is given where an estimate is 0 or 100 %.");
        terms.put(
                "At risk",
                "At a time t those with entry < t \u2264 end of follow-up. Times within " + c.get("tieTolerance")
                        + " of each other, relatively, count as one.");
        terms.put("Time", "Months from the first transplant. One year is 12 months, one month 30.4375 days.");
        terms.put(
                "JMML model",
                "Fates with probabilities and Weibull times (a mixture after Larson and Dinse) in each of six states."
                        + " The clock starts again on entry into a state. The published rates are taken as limits as time"
                        + " grows; death without relapse is the rest.");
        terms.put(
                "Uncertainty of the model",
                "For the shares of the three fates after the first transplant as if " + DemoStudy.PATIENTS_BEHIND_RATES
                        + " patients stood behind them; over time also that of the times, of their law and of the ranges of"
                        + " the assumptions, whose single effects the table of what each matters shows.");
        terms.put(
                "Simulation",
                "100,000 patients, seed " + DemoStudy.SEED + "; patient i draws from the random stream (seed, i)"
                        + " (Philox 4x64), so that any path can be replayed. The solver and the simulation are two"
                        + " independent ways to the same figures.");
        return HtmlSection.of("Methods and conventions").definitions(terms);
    }

    HtmlSection limits(List<String> warnings) {
        List<String> limits = new ArrayList<>(List.of(
                "No individual prognosis: the figures are about groups, and a person is not a group.",
                "The patients with acute leukemia had other diseases than JMML, and were transplanted before 2007. They show"
                        + " the methods, not what to expect in JMML.",
                "Published rates of JMML come from several countries and decades, of 68 to 129 patients each. They are"
                        + " rates at 5 or 6 years; the model takes them as final.",
                "The model starts at the transplant. It says nothing about the time before it, nor about those who never"
                        + " reach it.",
                "Nobody's age, genetics, donor or treatment enters the model, though publications report that they"
                        + " matter."));
        limits.addAll(warnings);
        return HtmlSection.of("Warnings and limits").list(limits);
    }

    HtmlSection files() {
        return HtmlSection.of("Files in this folder, and how to make them")
                .list(List.of(
                        "charts: every figure as SVG (for the web), PNG (for slides) and PDF (for print).",
                        "tables: every table as CSV.",
                        "results: every estimate as JSON, in the form that docs/json.md describes."))
                .preformatted("""
                        engraft demo
                        engraft km @bmtcrr --time months --status status --at 12,24,60 --tau 60
                        engraft km @bmtcrr --time months --status status --group disease --at 12,24,60 --tau 60
                        engraft cuminc @bmtcrr --time months --status status --at 12,24,60
                        engraft calibrate --n 100 --family all
                        engraft simulate --patients 100000 --horizon 60 --seed 42 --draws 1000 --at 12,24,60
                        engraft simulate --print-model""");
    }
}
