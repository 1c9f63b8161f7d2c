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
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/** Proportions of several studies combined, on the probability scale. Made by {@link ProportionPool}. Immutable. */
public final class PooledProportion implements Tabular {

    private final Choices choices;
    private final List<StudyProportion> studies;
    private final RandomEffects model;
    private final List<String> corrected;
    private final List<CohortOverlap> overlaps;

    /** What was chosen. */
    record Choices(HeterogeneityMethod method, PoolingInterval interval, double level, double correction) {}

    PooledProportion(
            Choices choices,
            List<StudyProportion> studies,
            RandomEffects model,
            List<String> corrected,
            List<CohortOverlap> overlaps) {
        this.choices = choices;
        this.studies = List.copyOf(studies);
        this.model = model;
        this.corrected = List.copyOf(corrected);
        this.overlaps = List.copyOf(overlaps);
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
     * The pooled proportion with its interval. The interval is made on the logit scale; the standard error is that of the
     * logit times p (1 - p).
     *
     * @return the estimate; for one study, that study's with a Wald interval, or none with Hartung-Knapp
     */
    public PointEstimate proportion() {
        double p = inverse(model.mu());
        double error = logitStandardError();
        double half = quantile() * error;
        Interval interval = Double.isNaN(half)
                ? Interval.notEstimable(choices.level(), "the Hartung-Knapp interval needs two studies")
                : Interval.of(inverse(model.mu() - half), inverse(model.mu() + half), choices.level());
        return PointEstimate.of(p, error * p * (1 - p), interval);
    }

    private double quantile() {
        double tail = (1 - choices.level()) / 2;
        if (choices.interval() == PoolingInterval.WALD) {
            return NormalDistribution.of(0, 1).inverseSurvivalProbability(tail);
        }
        return model.studies() < 2 ? Double.NaN : studentQuantile(model.studies() - 1, tail);
    }

    private static double studentQuantile(int df, double tail) {
        return TDistribution.of(df).inverseSurvivalProbability(tail);
    }

    private static double inverse(double logit) {
        return logit < 0 ? Math.exp(logit) / (1 + Math.exp(logit)) : 1 / (1 + Math.exp(-logit));
    }

    /**
     * The pooled logit.
     *
     * @return mu
     */
    public double logit() {
        return model.mu();
    }

    /**
     * The standard error of the pooled logit, by the chosen kind of interval.
     *
     * @return the error; NaN for one study with Hartung-Knapp
     */
    public double logitStandardError() {
        if (choices.interval() == PoolingInterval.WALD) {
            return model.waldError();
        }
        return model.studies() < 2 ? Double.NaN : model.hartungKnappError();
    }

    /**
     * The variance between studies, on the logit scale.
     *
     * @return tau^2; not estimable for one study
     */
    public PointEstimate tau2() {
        return model.studies() < 2
                ? PointEstimate.notEstimable("one study says nothing of the variance between studies")
                : PointEstimate.exact(model.tau2());
    }

    /**
     * Cochran's Q, the weighted squares about the mean with tau^2 = 0.
     *
     * @return Q, 0 for one study
     */
    public double q() {
        return model.q();
    }

    /**
     * The p-value of Q against chi-square with k - 1 degrees of freedom.
     *
     * @return the p-value, 1 for one study
     */
    public double qPValue() {
        return model.qPValue();
    }

    /**
     * I^2 = max(0, (Q - (k - 1)) / Q), the share of the variation that is between studies (Higgins and Thompson 2002), from
     * Q whatever the estimator of tau^2.
     *
     * @return between 0 and 1
     */
    public double iSquared() {
        return model.q() > 0 ? Math.max(0, (model.q() - (model.studies() - 1)) / model.q()) : 0;
    }

    /**
     * The interval in which the proportion of a further study is expected: mu +- t(k - 2) sqrt(tau^2 + 1 / sum w), as
     * Higgins, Thompson and Spiegelhalter (2009) have it, whatever the kind of the pooled interval.
     *
     * @return the interval; not estimable with fewer than three studies
     */
    public Interval prediction() {
        if (model.studies() < 3) {
            return Interval.notEstimable(choices.level(), "a prediction interval needs three studies");
        }
        double spread = Math.sqrt(model.tau2() + model.waldError() * model.waldError());
        double half = studentQuantile(model.studies() - 2, (1 - choices.level()) / 2) * spread;
        return Interval.of(inverse(model.mu() - half), inverse(model.mu() + half), choices.level());
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
        return PointEstimate.of(p, Math.sqrt(p * (1 - p) / s.patients()), exact.clopperPearson(choices.level()));
    }

    /**
     * A study's weight in the pooled proportion, w / sum w.
     *
     * @param study its place, from 0
     * @return a share; those of all studies add up to 1
     */
    public double weight(int study) {
        double sum = 0;
        for (StudyProportion s : studies) {
            sum += rawWeight(s);
        }
        return rawWeight(studies.get(study)) / sum;
    }

    private double rawWeight(StudyProportion s) {
        double added = corrected.contains(s.label()) ? choices.correction() : 0;
        double x = s.events() + added;
        double rest = s.patients() - s.events() + added;
        return 1 / (1 / x + 1 / rest + model.tau2());
    }

    /**
     * The studies in which none or all had the event, to which the continuity correction was applied.
     *
     * @return their labels
     */
    public List<String> corrected() {
        return corrected;
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
        all.put("tau2", choices.method().label());
        all.put("interval", choices.interval().label());
        all.put("level", String.valueOf(choices.level()));
        all.put("correction", choices.correction() + " to none-or-all studies");
        all.put("i2", "(Q - df) / Q");
        all.put("prediction", "t(k - 2), Higgins-Thompson-Spiegelhalter");
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
        if (!corrected.isEmpty()) {
            all.add(choices.correction() + " was added to events and to the others in " + String.join(", ", corrected)
                    + ", where none or all had the event");
        }
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
                pooled.estimate(),
                pooled.interval(),
                choices.interval().label());
        add(table, "prediction", pooled.estimate(), prediction(), "prediction");
        return table.build();
    }

    private static void add(TidyTable.Builder table, String row, double p, Interval limits, String kind) {
        double lower = limits.lower().orElse(Double.NaN);
        double upper = limits.upper().orElse(Double.NaN);
        table.row(row, null, null, p, lower, upper, kind);
    }

    @Override
    public String toString() {
        return "pooled proportion " + proportion() + " of " + Brief.count(studies.size(), "study") + ", tau2 " + tau2()
                + ", I2 " + Brief.number(iSquared() * 100) + " %";
    }
}
