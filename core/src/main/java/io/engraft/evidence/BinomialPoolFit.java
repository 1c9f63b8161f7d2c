package io.engraft.evidence;

import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.internal.BetaTails;
import io.engraft.internal.Brief;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/** Counts as binomial, logits of the studies' own probabilities as normal; limits from the likelihood. */
final class BinomialPoolFit implements PoolFit {

    /**
     * The least bound of tau in the limits. Between-study deviations of log odds above 1 are "fairly extreme"; with 1.5, 95 %
     * of the studies have odds within a factor of 19 of the median study's.
     */
    private static final double LARGEST_TAU = 1.5;

    private static final double FEW_EXPECTED = 5;

    private static final String NO_MAXIMUM =
            "the studies differ so much that the variance between them has no finite estimate; do not pool them";

    private final List<StudyProportion> studies;
    private final double level;
    private final double events;
    private final double patients;
    private final @Nullable BinomialNormal model;

    BinomialPoolFit(List<StudyProportion> studies, double level) {
        this.studies = studies;
        this.level = level;
        this.events = studies.stream().mapToDouble(StudyProportion::events).sum();
        this.patients = studies.stream().mapToDouble(StudyProportion::patients).sum();
        this.model = events == 0 || events == patients ? null : BinomialNormal.fit(studies);
    }

    /** Whether there is no finite pair of mu and tau. */
    private boolean withoutMaximum() {
        return model != null && !model.hasMaximum();
    }

    private double rate() {
        return model == null ? events / patients : StudyLikelihood.logistic(model.mu());
    }

    @Override
    public PointEstimate proportion() {
        if (withoutMaximum()) {
            return PointEstimate.notEstimable(NO_MAXIMUM, Interval.notEstimable(level, NO_MAXIMUM));
        }
        double p = rate();
        Interval exact = exact();
        if (model == null || studies.size() == 1) {
            return PointEstimate.of(p, logitError() * p * (1 - p), exact);
        }
        LikelihoodRegion region = region(model);
        return PointEstimate.of(
                p, logitError() * p * (1 - p), hull(exact, -region.mirrored().upper(), region.upper()));
    }

    @Override
    public Interval prediction() {
        if (withoutMaximum()) {
            return Interval.notEstimable(level, NO_MAXIMUM);
        }
        if (studies.size() == 1) {
            return Interval.notEstimable(level, "one study says nothing of the variance between studies");
        }
        if (model == null) {
            return Interval.notEstimable(
                    level,
                    (events == 0 ? "no" : "every")
                            + " patient had the event, which says nothing of the variance between studies");
        }
        LikelihoodRegion region = region(model);
        return hull(exact(), -region.mirrored().furtherUpper(), region.furtherUpper());
    }

    private Interval hull(Interval exact, double low, double high) {
        return Interval.of(
                Math.min(exact.lower().orElseThrow(), StudyLikelihood.logistic(low)),
                Math.max(exact.upper().orElseThrow(), StudyLikelihood.logistic(high)),
                level);
    }

    /** Clopper and Pearson's limits of the patients of all studies together. */
    private Interval exact() {
        double tail = (1 - level) / 2;
        double rest = patients - events;
        return Interval.of(
                events == 0 ? 0 : BetaTails.lowerQuantile(tail, events, rest + 1),
                rest == 0 ? 1 : BetaTails.upperQuantile(tail, events + 1, rest),
                level);
    }

    /** With large studies the deviance k log(1 + t^2 / (k - 1)) is that of Student's t on k - 1 degrees of freedom. */
    private LikelihoodRegion region(BinomialNormal fitted) {
        int k = studies.size();
        double t = TDistribution.of(k - 1.0).inverseSurvivalProbability((1 - level) / 2);
        double inflation = 1 + t * t / (k - 1);
        double largest = Math.max(LARGEST_TAU, fitted.tau() * Math.sqrt(inflation));
        return new LikelihoodRegion(fitted, k * Math.log(inflation), largest);
    }

    @Override
    public double logit() {
        return model == null ? Math.log(events / (patients - events)) : model.mu();
    }

    @Override
    public double logitError() {
        return model == null || !model.hasMaximum() ? Double.NaN : model.error();
    }

    @Override
    public PointEstimate tau2() {
        if (studies.size() == 1) {
            return PointEstimate.notEstimable("one study says nothing of the variance between studies");
        }
        if (withoutMaximum()) {
            return PointEstimate.notEstimable(NO_MAXIMUM);
        }
        return model == null
                ? PointEstimate.notEstimable("studies in which none or all had the event say nothing of it")
                : PointEstimate.exact(model.tau() * model.tau());
    }

    @Override
    public PointEstimate mean() {
        if (withoutMaximum()) {
            return PointEstimate.notEstimable(NO_MAXIMUM);
        }
        return PointEstimate.exact(model == null ? rate() : StudyLikelihood.meanRate(model.mu(), model.tau()));
    }

    @Override
    public double q() {
        double p = events / patients;
        double sum = 0;
        for (StudyProportion s : studies) {
            double away = s.events() - s.patients() * p;
            sum += away == 0 ? 0 : away * away / (s.patients() * p * (1 - p));
        }
        return sum;
    }

    @Override
    public double qPValue() {
        int df = studies.size() - 1;
        return df == 0 ? 1 : ChiSquaredDistribution.of(df).survivalProbability(q());
    }

    /** The expected information on mu; by patients where the spread, or the probability, is 0. */
    @Override
    public double rawWeight(StudyProportion s) {
        if (model == null) {
            return s.patients();
        }
        if (!model.hasMaximum()) {
            return 1;
        }
        double p = rate();
        return 1 / (1 / (s.patients() * p * (1 - p)) + model.tau() * model.tau());
    }

    @Override
    public List<String> corrected() {
        return List.of();
    }

    @Override
    public void describe(Map<String, String> all) {
        all.put("model", "binomial-normal");
        all.put("tau2", "ML");
        all.put("interval", PoolingInterval.LIKELIHOOD.label());
        all.put(
                "intervalRule",
                "profile likelihood to k log(1 + t(k - 1)^2 / (k - 1)), at least Clopper-Pearson of all");
        all.put("correction", "none");
        all.put("q", "Pearson");
        all.put("prediction", "profile likelihood, to the same bound");
    }

    @Override
    public List<String> warnings() {
        List<String> all = new ArrayList<>();
        if (withoutMaximum()) {
            all.add(NO_MAXIMUM);
        } else if (studies.size() > 1 && model == null) {
            all.add((events == 0 ? "no" : "every") + " patient of any study had the event: the interval is exact if the"
                    + " studies share one probability, and says nothing of studies that differ");
        } else if (studies.size() == 2) {
            all.add("two studies say next to nothing of how much studies differ: the intervals allow for a tau of "
                    + Brief.number(LARGEST_TAU) + " or more and are wide; how wide rests on that bound");
        }
        if (studies.size() > 1 && model != null) {
            fewExpected().ifPresent(all::add);
        }
        return all;
    }

    /** Cochran's rule for Pearson's chi-square: no expected count below 1, at most a fifth below 5. */
    private Optional<String> fewExpected() {
        double p = events / patients;
        StudyProportion least = studies.get(0);
        int few = 0;
        for (StudyProportion s : studies) {
            few += s.patients() * p < FEW_EXPECTED ? 1 : 0;
            few += s.patients() * (1 - p) < FEW_EXPECTED ? 1 : 0;
            least = s.patients() < least.patients() ? s : least;
        }
        double count = least.patients() * Math.min(p, 1 - p);
        return count >= 1 && few <= 2 * studies.size() / 5.0
                ? Optional.empty()
                : Optional.of("the p-value of Q is rough where so few events are expected (if the studies share one"
                        + " proportion, " + Brief.number(count) + " of the "
                        + (p <= 0.5 ? "events" : "patients without it") + " in " + least.label()
                        + "): tau^2 and the interval for a further study do not rest on it");
    }
}
