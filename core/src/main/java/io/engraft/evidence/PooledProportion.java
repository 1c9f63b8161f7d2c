package io.engraft.evidence;

import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Proportions of several studies combined, on the probability scale. Made by {@link ProportionPool}. Immutable. */
public final class PooledProportion implements Tabular {

    private final List<StudyProportion> studies;
    private final PoolFit fit;
    private final double level;
    private final List<CohortOverlap> overlaps;
    private final PointEstimate proportion;
    private final Interval prediction;

    PooledProportion(List<StudyProportion> studies, PoolFit fit, double level, List<CohortOverlap> overlaps) {
        this.studies = studies;
        this.fit = fit;
        this.level = level;
        this.overlaps = List.copyOf(overlaps);
        this.proportion = fit.proportion();
        this.prediction = fit.prediction();
    }

    /**
     * The studies that were combined.
     *
     * @return all of them, in the order given
     */
    public List<StudyProportion> studies() {
        return studies;
    }

    /**
     * The pooled proportion, that of the median study, with its interval. The standard error is that of the logit times p
     * (1 - p).
     *
     * @return the estimate; with the likelihood, not estimable where tau^2 has no finite estimate; with Hartung-Knapp, one
     *     study has no interval
     */
    public PointEstimate proportion() {
        return proportion;
    }

    /**
     * The mean of the proportions of all studies there could be, by the fitted distribution of logits. With tau^2 = 0 it is
     * the pooled proportion; else it lies nearer to one half.
     *
     * @return the mean, without an interval
     */
    public PointEstimate mean() {
        return fit.mean();
    }

    /**
     * The pooled logit.
     *
     * @return mu; infinite where none or all of all patients had the event, NaN where tau^2 has no finite estimate
     */
    public double logit() {
        return fit.logit();
    }

    /**
     * The standard error of the pooled logit: with the likelihood, from the observed information; else by the chosen kind of
     * interval.
     *
     * @return the error; NaN where there is none
     */
    public double logitStandardError() {
        return fit.logitError();
    }

    /**
     * The variance between studies, on the logit scale.
     *
     * @return tau^2; not estimable for one study
     */
    public PointEstimate tau2() {
        return fit.tau2();
    }

    /**
     * The test statistic of one common proportion: with the likelihood Pearson's chi-square of the counts, sum (x - n p)^2 /
     * (n p (1 - p)) with p the proportion of all patients together; in the normal-normal form Cochran's Q, the weighted
     * squares of logits about their mean with tau^2 = 0.
     *
     * @return Q; NaN where {@link #heterogeneityReason()} says why there is none
     */
    public double q() {
        return heterogeneityReason().isEmpty() ? fit.q() : Double.NaN;
    }

    /**
     * Why nothing can be said of how the studies differ.
     *
     * @return a reason for one study, and where none or all of all patients had the event; else empty
     */
    public String heterogeneityReason() {
        if (studies.size() == 1) {
            return "there is one study";
        }
        boolean none = studies.stream().allMatch(s -> s.events() == 0);
        boolean all = studies.stream().allMatch(s -> s.events() == s.patients());
        return none || all
                ? (none ? "no" : "every")
                        + " patient of any study had the event, so that no study can differ from another"
                : "";
    }

    /**
     * The p-value of Q against chi-square with k - 1 degrees of freedom.
     *
     * @return the p-value; NaN where there is no {@link #q()}
     */
    public double qPValue() {
        return heterogeneityReason().isEmpty() ? fit.qPValue() : Double.NaN;
    }

    /**
     * I^2 = max(0, (Q - (k - 1)) / Q), the share of the variation that is between studies (Higgins and Thompson 2002), from
     * Q whatever the estimator of tau^2.
     *
     * @return between 0 and 1; NaN where there is no {@link #q()}
     */
    public double iSquared() {
        if (!heterogeneityReason().isEmpty()) {
            return Double.NaN;
        }
        return q() > 0 ? Math.max(0, (q() - (studies.size() - 1)) / q()) : 0;
    }

    /**
     * The interval in which the proportion of a further study is expected. With the likelihood, every mu + tau z that it and
     * the normal distribution allow, as {@link ProportionPool} says; in the normal-normal form mu +- t(k - 2) sqrt(tau^2 +
     * 1 / sum w), as Higgins, Thompson and Spiegelhalter (2009) have it, whatever the kind of the pooled interval.
     *
     * @return the interval; not estimable with one study, in the normal-normal form with two
     */
    public Interval prediction() {
        return prediction;
    }

    /**
     * A study's own proportion with its exact interval.
     *
     * @param study its place, from 0
     * @return the proportion with a Clopper-Pearson interval
     */
    public PointEstimate study(int study) {
        StudyProportion s = studies.get(study);
        ExactProportion exact = ExactProportion.of(s.events(), s.patients());
        double p = exact.proportion();
        return PointEstimate.of(p, Math.sqrt(p * (1 - p) / s.patients()), exact.clopperPearson(level));
    }

    /**
     * A study's weight in the pooled proportion, w / sum w, w = 1 / (v + tau^2). With the likelihood v = 1 / (n p (1 - p)) at
     * the pooled proportion: it is the study's share of the expected information, and the share of patients where tau^2 is
     * 0.
     *
     * @param study its place, from 0
     * @return a share; those of all studies add up to 1
     */
    public double weight(int study) {
        double sum = 0;
        for (StudyProportion s : studies) {
            sum += fit.rawWeight(s);
        }
        return fit.rawWeight(studies.get(study)) / sum;
    }

    /**
     * The studies in which none or all had the event, to which the continuity correction was applied.
     *
     * @return their labels; none with the likelihood
     */
    public List<String> corrected() {
        return fit.corrected();
    }

    /**
     * Pairs of studies that may count the same patients.
     *
     * @return one finding a pair; empty also where no study names a centre or registry, see {@link #warnings()}
     */
    public List<CohortOverlap> overlaps() {
        return overlaps;
    }

    /**
     * What was in force.
     *
     * @return names and values
     */
    public Map<String, String> conventions() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("scale", "logit");
        fit.describe(all);
        all.put("level", String.valueOf(level));
        all.put("i2", "(Q - df) / Q");
        all.put("studyIntervals", "clopper-pearson");
        return all;
    }

    /**
     * What a reader should know before using the number.
     *
     * @return sentences
     */
    public List<String> warnings() {
        List<String> all = new ArrayList<>();
        overlaps.forEach(o -> all.add(o.sentence()));
        if (studies.stream().filter(s -> s.registries().isEmpty()).count() > 0 && studies.size() > 1) {
            all.add("overlap of cohorts could not be checked for every study: a centre or registry is not given");
        }
        all.addAll(fit.warnings());
        if (studies.size() == 1) {
            all.add("there is one study: nothing was pooled");
        }
        return List.copyOf(all);
    }

    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .text("row")
                .count("events")
                .count("patients")
                .number("proportion")
                .number("lower")
                .number("upper")
                .text("interval");
        for (int i = 0; i < studies.size(); i++) {
            StudyProportion s = studies.get(i);
            PointEstimate own = study(i);
            Interval limits = own.interval();
            table.row(
                    s.label(),
                    s.events(),
                    s.patients(),
                    own.estimate(),
                    limits.lower().orElseThrow(),
                    limits.upper().orElseThrow(),
                    "clopper-pearson");
        }
        PointEstimate pooled = proportion();
        add(
                table,
                "pooled",
                pooled.optional().orElse(Double.NaN),
                pooled.interval(),
                conventions().get("interval"));
        add(table, "prediction", pooled.optional().orElse(Double.NaN), prediction(), "prediction");
        return table.build();
    }

    private static void add(TidyTable.Builder table, String row, double p, Interval limits, @Nullable String kind) {
        double lower = limits.lower().orElse(Double.NaN);
        double upper = limits.upper().orElse(Double.NaN);
        table.row(row, null, null, p, lower, upper, kind);
    }

    @Override
    public String toString() {
        return "pooled proportion " + proportion() + " of " + Brief.count(studies.size(), "study") + ", tau2 " + tau2()
                + ", I2 " + Brief.number(iSquared() * 100)
                + (heterogeneityReason().isEmpty() ? " %" : "");
    }
}
