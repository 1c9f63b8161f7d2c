package io.engraft.evidence;

import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/** Observed logits as normal about their own, with known variances, those about a common mean. */
final class NormalPoolFit implements PoolFit {

    private final RandomEffects model;
    private final HeterogeneityMethod method;
    private final PoolingInterval interval;
    private final double level;
    private final double correction;
    private final List<String> corrected;

    NormalPoolFit(
            List<StudyProportion> studies,
            HeterogeneityMethod method,
            PoolingInterval interval,
            double level,
            double correction) {
        this.method = method;
        this.interval = interval;
        this.level = level;
        this.correction = correction;
        double[] y = new double[studies.size()];
        double[] v = new double[studies.size()];
        List<String> changed = new ArrayList<>();
        for (int i = 0; i < y.length; i++) {
            StudyProportion study = studies.get(i);
            double added = added(study);
            if (added > 0) {
                changed.add(study.label());
            }
            double x = study.events() + added;
            double rest = study.patients() - study.events() + added;
            y[i] = Math.log(x / rest);
            v[i] = 1 / x + 1 / rest;
        }
        this.corrected = List.copyOf(changed);
        this.model = RandomEffects.fit(y, v, method);
    }

    private double added(StudyProportion s) {
        return s.events() == 0 || s.events() == s.patients() ? correction : 0;
    }

    @Override
    public PointEstimate proportion() {
        double p = StudyLikelihood.logistic(model.mu());
        double half = half();
        Interval limits = Double.isNaN(half)
                ? Interval.notEstimable(level, "the Hartung-Knapp interval needs two studies")
                : around(half);
        return PointEstimate.of(p, logitError() * p * (1 - p), limits);
    }

    private Interval around(double half) {
        return Interval.of(
                StudyLikelihood.logistic(model.mu() - half), StudyLikelihood.logistic(model.mu() + half), level);
    }

    private double half() {
        return switch (interval) {
            case HARTUNG_KNAPP -> model.studies() < 2 ? Double.NaN : Math.max(plain(), normal() * model.waldError());
            case HARTUNG_KNAPP_PLAIN -> model.studies() < 2 ? Double.NaN : plain();
            default -> normal() * model.waldError();
        };
    }

    private double plain() {
        return student(model.studies() - 1) * model.hartungKnappError();
    }

    private double normal() {
        return NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / 2);
    }

    private double student(int df) {
        return TDistribution.of(df).inverseSurvivalProbability((1 - level) / 2);
    }

    @Override
    public double logit() {
        return model.mu();
    }

    @Override
    public double logitError() {
        if (interval == PoolingInterval.WALD) {
            return model.waldError();
        }
        if (model.studies() < 2) {
            return Double.NaN;
        }
        boolean narrow = plain() < normal() * model.waldError();
        return interval == PoolingInterval.HARTUNG_KNAPP && narrow ? model.waldError() : model.hartungKnappError();
    }

    @Override
    public Interval prediction() {
        if (model.studies() < 3) {
            return Interval.notEstimable(level, "a prediction interval needs three studies");
        }
        return around(student(model.studies() - 2) * Math.sqrt(model.tau2() + model.waldError() * model.waldError()));
    }

    @Override
    public PointEstimate tau2() {
        return model.studies() < 2
                ? PointEstimate.notEstimable("one study says nothing of the variance between studies")
                : PointEstimate.exact(model.tau2());
    }

    @Override
    public PointEstimate mean() {
        return PointEstimate.exact(StudyLikelihood.meanRate(model.mu(), Math.sqrt(model.tau2())));
    }

    @Override
    public double q() {
        return model.q();
    }

    @Override
    public double qPValue() {
        return model.qPValue();
    }

    @Override
    public double rawWeight(StudyProportion s) {
        double x = s.events() + added(s);
        double rest = s.patients() - s.events() + added(s);
        return 1 / (1 / x + 1 / rest + model.tau2());
    }

    @Override
    public List<String> corrected() {
        return corrected;
    }

    @Override
    public void describe(Map<String, String> all) {
        all.put("model", "normal-normal");
        all.put("tau2", method.label());
        all.put("interval", interval.label());
        if (interval == PoolingInterval.HARTUNG_KNAPP) {
            all.put("intervalRule", "the wider of Hartung-Knapp and Wald");
        }
        all.put("correction", correction + " to none-or-all studies");
        all.put("q", "Cochran");
        all.put("prediction", "t(k - 2), Higgins-Thompson-Spiegelhalter");
    }

    @Override
    public List<String> warnings() {
        List<String> all = new ArrayList<>();
        if (!corrected.isEmpty()) {
            all.add(correction + " was added to events and to the others in " + String.join(", ", corrected)
                    + ", where none or all had the event");
        }
        if (interval == PoolingInterval.HARTUNG_KNAPP_PLAIN
                && model.studies() > 1
                && plain() < normal() * model.commonError()) {
            double common = normal() * model.commonError();
            all.add("the plain Hartung-Knapp interval is narrower than that of a common effect, which would be "
                    + around(common) + ": the studies agree more closely than sampling lets expect, and it takes that"
                    + " for precision; hartung-knapp and likelihood do not");
        }
        return all;
    }
}
