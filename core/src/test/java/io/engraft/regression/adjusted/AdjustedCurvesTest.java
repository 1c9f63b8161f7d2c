package io.engraft.regression.adjusted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.TidyTable;
import io.engraft.data.WeightType;
import io.engraft.regression.CovariateProfile;
import io.engraft.regression.CoxFit;
import io.engraft.regression.CoxModel;
import io.engraft.regression.PredictedSurvival;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** By hand, by laws, and by how often intervals and bands hold the truth. */
class AdjustedCurvesTest {

    private static final int COHORTS = 300;

    /** Patients with larger x are treated more often, and x raises the hazard; treatment halves it. */
    private static SurvivalData cohort(Random random, int n) {
        double[] time = new double[n];
        int[] status = new int[n];
        double[] x = new double[n];
        List<String> arm = new ArrayList<>();
        List<String> centre = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            x[i] = 2 * random.nextDouble() - 1;
            boolean treated = random.nextDouble() < 0.5 + 0.3 * x[i];
            boolean second = random.nextInt(2) == 0;
            double rate = (second ? 0.3 : 0.2) * Math.exp(0.8 * x[i] - (treated ? Math.log(2) : 0));
            double t = -Math.log(1 - random.nextDouble()) / rate;
            double c = 3 + 9 * random.nextDouble();
            time[i] = Math.min(t, c);
            status[i] = t <= c ? 1 : 0;
            arm.add(treated ? "new" : "old");
            centre.add(second ? "b" : "a");
        }
        return SurvivalData.builder(time, status)
                .covariate("x", x)
                .covariate("arm", Categories.of(arm))
                .strata(Categories.of(centre))
                .build();
    }

    private static CoxFit fit(SurvivalData data) {
        return CoxModel.withDefaults().withCovariates("arm", "x").fit(data);
    }

    private static PredictedSurvival patient(CoxFit fit, SurvivalData data, int i, String arm) {
        return fit.predict(
                CovariateProfile.empty()
                        .with("x", data.numericCovariate("x")[i])
                        .with("arm", arm),
                data.strata().orElseThrow().value(i));
    }

    /** The mean of predictions, with the variance of a mean of correlated numbers and of a sample's mean. */
    @Test
    void curvesAreMeansOverTheCohort() {
        SurvivalData data = cohort(new Random(3), 60);
        CoxFit fit = fit(data);
        AdjustedCohort fixed = AdjustedCurves.by("arm").withFixedCohort().of(fit, data);
        AdjustedCohort sampled = AdjustedCurves.by("arm").of(fit, data);
        List<PredictedSurvival> all = new ArrayList<>();
        double mean = 0;
        double area = 0;
        for (int i = 0; i < 60; i++) {
            all.add(patient(fit, data, i, "new"));
            mean += all.get(i).survivalAt(4).estimate() / 60;
            area += all.get(i).restrictedMean(4).estimate() / 60;
        }
        double[][] v = fit.survivalCovariance(all, 4);
        double ofFit = 0;
        double ofCohort = 0;
        for (int i = 0; i < 60; i++) {
            for (int j = 0; j < 60; j++) {
                ofFit += v[i][j] / 3600;
            }
            ofCohort += Math.pow(all.get(i).survivalAt(4).estimate() - mean, 2) / 3600;
        }
        PointEstimate s = fixed.curve("new").survivalAt(4);
        assertThat(s.estimate()).isCloseTo(mean, within(1e-14));
        assertThat(s.standardError().orElseThrow()).isCloseTo(Math.sqrt(ofFit), within(1e-13));
        assertThat(sampled.curve("new").survivalAt(4).standardError().orElseThrow())
                .isCloseTo(Math.sqrt(ofFit + ofCohort), within(1e-13));
        assertThat(sampled.curve("new").restrictedMean(4).estimate()).isCloseTo(area, within(1e-13));
        assertThat(sampled.curve("new").survivalCovariance(new double[] {4, 99})[0][0])
                .isCloseTo(ofFit + ofCohort, within(1e-15));
        assertThat(sampled.curve("new").survivalCovariance(new double[] {4, 99})[0][1])
                .isNaN();
    }

    @Test
    void comparisonsAreThoseOfTheCurves() {
        SurvivalData data = cohort(new Random(4), 80);
        AdjustedCohort adjusted = AdjustedCurves.by("arm").of(fit(data), data);
        double a = adjusted.curve("new").survivalAt(5).estimate();
        double b = adjusted.curve("old").survivalAt(5).estimate();
        assertThat(adjusted.levels()).containsExactly("new", "old");
        assertThat(adjusted.difference("new", "old", 5).estimate()).isCloseTo(a - b, within(1e-15));
        assertThat(adjusted.ratio("new", "old", 5).estimate()).isCloseTo((1 - a) / (1 - b), within(1e-15));
        assertThat(adjusted.ratio("old", "new", 5).interval().lower().orElseThrow())
                .isCloseTo(
                        1 / adjusted.ratio("new", "old", 5).interval().upper().orElseThrow(), within(1e-12));
        // The difference of areas is the integral of the difference.
        double[] times = adjusted.curve("new").jumpTimes();
        double sum = 0;
        double before = 0;
        double now = 0;
        for (double t : times) {
            if (t >= 5) {
                break;
            }
            sum += (t - before) * now;
            before = t;
            now = adjusted.difference("new", "old", t).estimate();
        }
        assertThat(adjusted.restrictedMeanDifference("new", "old", 5).estimate())
                .isCloseTo(sum + (5 - before) * now, within(1e-12));
        assertThat(adjusted.difference("new", "old", 99).isEstimable()).isFalse();
        assertThat(adjusted.curve("old").median().estimate())
                .isLessThan(adjusted.curve("new").median().optional().orElse(99));
        assertThat(adjusted.curve("old").median().interval().lower().orElseThrow())
                .isLessThan(adjusted.curve("old").median().estimate());
    }

    /** Frequency weights stand for repeated patients; of one kind of patient the curve is that patient's. */
    @Test
    void lawsOfWeightsAndOfOnePatient() {
        SurvivalData data = cohort(new Random(5), 40);
        CoxFit fit = fit(data);
        double[] twice = new double[40];
        Arrays.fill(twice, 2);
        SurvivalData weighted =
                data.toBuilder().weights(twice, WeightType.FREQUENCY).build();
        AdjustedCohort once = AdjustedCurves.by("arm").of(fit, data);
        AdjustedCohort doubled = AdjustedCurves.by("arm").of(fit, weighted);
        assertThat(doubled.curve("new").survivalAt(4).estimate())
                .isCloseTo(once.curve("new").survivalAt(4).estimate(), within(1e-15));
        assertThat(doubled.curve("new").survivalAt(4).standardError().orElseThrow())
                .isLessThan(once.curve("new").survivalAt(4).standardError().orElseThrow());
        int[] first = {0};
        SurvivalData one = data.where(i -> i == first[0]);
        AdjustedCohort alone =
                AdjustedCurves.by("x").withValues(-0.5, 0.5).withFixedCohort().of(fit, one);
        PredictedSurvival same = fit.predict(
                CovariateProfile.empty()
                        .with("x", 0.5)
                        .with("arm", one.categoricalCovariate("arm").value(0)),
                one.strata().orElseThrow().value(0));
        assertThat(alone.curve("0.5").survivalAt(3).standardError().orElseThrow())
                .isCloseTo(same.survivalAt(3).standardError().orElseThrow(), within(1e-14));
    }

    @Test
    void refusesWhatItCannotAnswer() {
        SurvivalData data = cohort(new Random(6), 40);
        CoxFit fit = fit(data);
        assertThatThrownBy(() -> AdjustedCurves.by("sex").of(fit, data))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("covariate is 'sex'");
        assertThatThrownBy(() -> AdjustedCurves.by("x").of(fit, data))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("number of values of x is 40");
        assertThatThrownBy(() -> AdjustedCurves.by("arm").withValues(1).of(fit, data))
                .hasMessageContaining("none for a covariate of levels");
        AdjustedCohort adjusted = AdjustedCurves.by("arm").of(fit, data);
        assertThat(adjusted.warnings()).isEmpty();
        CoxFit ofCause =
                CoxModel.withDefaults().withCovariates("arm", "x").withCause(1).fit(data);
        assertThat(AdjustedCurves.by("arm").of(ofCause, data).warnings())
                .singleElement()
                .asString()
                .contains("1 - S is not the share with the cause");
        assertThatThrownBy(() -> adjusted.curve("other")).hasMessageContaining("one of [new, old]");
        assertThatThrownBy(() -> adjusted.differenceBand("new", "old", 0, 99, 1000, 1))
                .hasMessageContaining("end of the band is 99");
    }

    /** In 300 cohorts of 200, within four Monte Carlo errors and a small-sample shortfall of 0.015 below. */
    @Test
    void intervalsAndTheBandHoldTheTruth() {
        Random random = new Random(11);
        double[] truth = new double[2];
        double[] areas = new double[2];
        int steps = 2000;
        for (int i = 0; i < steps; i++) {
            double x = 2 * (i + 0.5) / steps - 1;
            for (double base : new double[] {0.2, 0.3}) {
                for (int a = 0; a < 2; a++) {
                    double rate = base * Math.exp(0.8 * x) * (a == 0 ? 0.5 : 1);
                    truth[a] += Math.exp(-rate * 4) / steps / 2;
                    areas[a] += (1 - Math.exp(-rate * 4)) / rate / steps / 2;
                }
            }
        }
        int[] held = new int[4];
        for (int r = 0; r < COHORTS; r++) {
            SurvivalData data = cohort(random, 200);
            AdjustedCohort adjusted = AdjustedCurves.by("arm").of(fit(data), data);
            held[0] += holds(adjusted.curve("new").survivalAt(4).interval(), truth[0]);
            held[1] += holds(adjusted.difference("new", "old", 4).interval(), truth[0] - truth[1]);
            held[2] += holds(adjusted.restrictedMeanDifference("new", "old", 4).interval(), areas[0] - areas[1]);
            TidyTable band =
                    adjusted.differenceBand("new", "old", 2, 3, 1000, r).tidy();
            held[3] += holds(band, steps);
        }
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

    private static int holds(TidyTable band, int steps) {
        for (int row = 0; row < band.numbers("time").length; row++) {
            double t = band.numbers("time")[row];
            double difference = 0;
            for (int i = 0; i < steps; i += 10) {
                double x = 2 * (i + 5.0) / steps - 1;
                for (double base : new double[] {0.2, 0.3}) {
                    double rate = base * Math.exp(0.8 * x);
                    difference += (Math.exp(-rate * t / 2) - Math.exp(-rate * t)) / (steps / 10.0) / 2;
                }
            }
            if (band.numbers("lower")[row] > difference || band.numbers("upper")[row] < difference) {
                return 0;
            }
        }
        return 1;
    }
}
