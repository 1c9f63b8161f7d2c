package io.engraft.multistate.fit;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.curve.Interval;
import io.engraft.data.Categories;
import io.engraft.data.MultiStateData;
import io.engraft.data.SurvivalData;
import io.engraft.data.Transition;
import io.engraft.regression.CovariateProfile;
import io.engraft.regression.CoxModel;
import io.engraft.regression.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * How often 95 % intervals of probabilities by Cox models of transitions hold the truth, in 500 cohorts: within four Monte Carlo
 * errors, and of small-sample shortfall 0.015 below. Illness at 0.15 exp(0.6 x), death at 0.05 exp(0.6 x), after illness at
 * 0.25 exp(-0.4 x).
 */
class CoxStatesCoverageTest {

    private static final int COHORTS = 500;

    private static final class Rows {
        private final List<Double> entry = new ArrayList<>();
        private final List<Double> time = new ArrayList<>();
        private final List<String> from = new ArrayList<>();
        private final List<String> to = new ArrayList<>();
        private final List<String> id = new ArrayList<>();
        private final List<Double> x = new ArrayList<>();

        private void add(int i, double start, double end, String left, String entered, double value) {
            entry.add(start);
            time.add(end);
            from.add(left);
            to.add(entered);
            id.add("p" + i);
            x.add(value);
        }

        private static double[] numbers(List<Double> values) {
            return values.stream().mapToDouble(Double::doubleValue).toArray();
        }

        private MultiStateData data() {
            return MultiStateData.builder(numbers(time), Categories.of(from), Categories.of(to))
                    .entry(numbers(entry))
                    .id(Categories.of(id))
                    .covariate("x", numbers(x))
                    .build();
        }
    }

    private static double exponential(Random random, double rate) {
        return -Math.log(1 - random.nextDouble()) / rate;
    }

    private static MultiStateData cohort(Random random, int n) {
        Rows rows = new Rows();
        for (int i = 0; i < n; i++) {
            double x = 2 * random.nextDouble() - 1;
            double ill = exponential(random, 0.15 * Math.exp(0.6 * x));
            double dead = exponential(random, 0.05 * Math.exp(0.6 * x));
            double end = 5 + 10 * random.nextDouble();
            if (Math.min(ill, dead) > end) {
                rows.add(i, 0, end, "well", MultiStateData.CENSORED, x);
            } else if (dead < ill) {
                rows.add(i, 0, dead, "well", "dead", x);
            } else {
                rows.add(i, 0, ill, "well", "ill", x);
                double after = ill + exponential(random, 0.25 * Math.exp(-0.4 * x));
                rows.add(i, ill, Math.min(after, end), "ill", after <= end ? "dead" : MultiStateData.CENSORED, x);
            }
        }
        return rows.data();
    }

    private static void holds(MultiStateCox model, long seed) {
        Random random = new Random(seed);
        double a = 0.15 * Math.exp(0.6 * 0.4);
        double b = 0.05 * Math.exp(0.6 * 0.4);
        double c = 0.25 * Math.exp(-0.4 * 0.4);
        double well = Math.exp(-(a + b) * 4);
        double ill = a / (a + b - c) * (Math.exp(-c * 4) - well);
        double everIll = a / (a + b) * (1 - well);
        double timeIll = a / (a + b - c) * ((1 - Math.exp(-c * 4)) / c - (1 - well) / (a + b));
        int[] held = new int[4];
        CovariateProfile patient = CovariateProfile.empty().with("x", 0.4);
        for (int r = 0; r < COHORTS; r++) {
            PredictedStates states = model.fit(cohort(random, 200)).predict(patient, "well");
            held[0] += holds(states.probabilityAt("ill", 4).interval(), ill);
            held[1] += holds(states.probabilityAt("dead", 4).interval(), 1 - well - ill);
            held[2] += holds(states.entry("ill").incidenceAt(4).interval(), everIll);
            held[3] += holds(states.meanTime("ill", 4).interval(), timeIll);
        }
        check(held);
    }

    private static void check(int... held) {
        double error = 4 * Math.sqrt(0.95 * 0.05 / COHORTS);
        for (int count : held) {
            assertThat(count / (double) COHORTS).isBetween(0.95 - error - 0.015, 0.95 + error);
        }
    }

    private static int holds(Interval interval, double truth) {
        return interval.lower().orElseThrow() <= truth
                        && truth <= interval.upper().orElseThrow()
                ? 1
                : 0;
    }

    @Test
    void modelBased() {
        holds(MultiStateCox.withDefaults().withCovariates("x"), 21);
    }

    @Test
    void robust() {
        holds(MultiStateCox.withDefaults().withCovariates("x").withRobustVariance(), 22);
    }

    /** The effect of x on illness and on death without it is one. */
    @Test
    void withACoefficientShared() {
        holds(
                MultiStateCox.withDefaults()
                        .withCovariates(new Transition("ill", "dead"), Terms.of("x"))
                        .withShared(Terms.of("x"), new Transition("well", "ill"), new Transition("well", "dead")),
                23);
    }

    @Test
    void absoluteRisks() {
        Random random = new Random(24);
        CovariateProfile patient = CovariateProfile.empty().with("x", -0.3);
        double a = 0.15 * Math.exp(-0.18);
        double b = 0.08;
        double risk = a / (a + b) * (1 - Math.exp(-(a + b) * 4));
        int[] held = new int[2];
        for (int r = 0; r < COHORTS; r++) {
            int n = 150;
            double[] time = new double[n];
            int[] status = new int[n];
            double[] x = new double[n];
            for (int i = 0; i < n; i++) {
                x[i] = 2 * random.nextDouble() - 1;
                double first = exponential(random, 0.15 * Math.exp(0.6 * x[i]));
                double second = exponential(random, 0.08);
                double end = 4 + 10 * random.nextDouble();
                time[i] = Math.min(end, Math.min(first, second));
                status[i] = end < Math.min(first, second) ? 0 : first < second ? 1 : 2;
            }
            SurvivalData data =
                    SurvivalData.builder(time, status).covariate("x", x).build();
            CoxModel model = CoxModel.withDefaults().withCovariates("x");
            held[0] += holds(
                    CauseSpecificCox.of(model)
                            .fit(data)
                            .risk(1, patient)
                            .incidenceAt(4)
                            .interval(),
                    risk);
            held[1] += holds(
                    CauseSpecificCox.of(model.withRobustVariance())
                            .withForm(SurvivalForm.EXPONENTIAL)
                            .fit(data)
                            .risk(1, patient)
                            .incidenceAt(4)
                            .interval(),
                    risk);
        }
        check(held);
    }
}
