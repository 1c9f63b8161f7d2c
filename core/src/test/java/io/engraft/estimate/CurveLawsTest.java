package io.engraft.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Interval;
import io.engraft.curve.Limits;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.Profile;
import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.testing.RandomFollowUp;
import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Identities that hold for any data: between curves, their variances, intervals, quantiles and areas. */
class CurveLawsTest {

    private static final double[] SHARES = {0.1, 0.25, 0.5, 0.75, 0.9};

    static RandomFollowUp[] samples() {
        return RandomFollowUp.many(1001, 2001);
    }

    private static SurvivalEstimate km(SurvivalData data) {
        return KaplanMeier.withDefaults().fit(data).get("all");
    }

    private static IncidenceEstimate aj(SurvivalData data) {
        return AalenJohansen.withDefaults().fit(data).get("all");
    }

    /** Up to nine times: points of the curve, and one between. */
    private static double[] someTimes(SurvivalEstimate curve) {
        double[] times = new double[Math.min(9, curve.size() + 1)];
        for (int j = 0; j < times.length - 1; j++) {
            times[j] = curve.time(j * curve.size() / times.length);
        }
        times[times.length - 1] = curve.time(curve.size() / 2) * 0.75;
        Arrays.sort(times);
        return times;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void probabilitiesSumToOneAndMoveOneWay(RandomFollowUp sample) {
        IncidenceEstimate all = aj(sample.data());
        SurvivalEstimate curve = km(sample.data());
        double[] before = new double[sample.causes];
        double s = 1;
        for (int i = 0; i < curve.size(); i++) {
            double sum = curve.survival(i);
            assertThat(curve.survival(i)).isBetween(0.0, s);
            s = curve.survival(i);
            for (int k = 0; k < sample.causes; k++) {
                double f = all.incidence(k, i);
                assertThat(f).isBetween(before[k], 1.0);
                before[k] = f;
                sum += f;
            }
            assertThat(sum).isCloseTo(1, within(1e-12));
        }
        double[][] bulk = all.probabilityValues(someTimes(curve));
        for (int j = 0; j < bulk[0].length; j++) {
            double sum = 0;
            for (double[] state : bulk) {
                sum += state[j];
            }
            assertThat(sum).isCloseTo(1, within(1e-12));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void survivalHasTheVarianceOfTheSumOfIncidences(RandomFollowUp sample) {
        IncidenceEstimate all = aj(sample.data());
        SurvivalEstimate curve = km(sample.data());
        double[] times = someTimes(curve);
        double[][] joint = all.covariance(times);
        double[][] ofS = curve.survivalCovariance(times);
        int states = sample.causes + 1;
        for (int a = 0; a < times.length; a++) {
            for (int b = 0; b < times.length; b++) {
                double sum = 0;
                for (int k = 1; k < states; k++) {
                    double withS = 0;
                    for (int l = 1; l < states; l++) {
                        sum += joint[a * states + k][b * states + l];
                        withS += joint[a * states + k][b * states + l];
                    }
                    // S = 1 - sum of F, so Cov(F_k, S) = - sum over l of Cov(F_k, F_l).
                    assertThat(joint[a * states + k][b * states]).isCloseTo(-withS, within(1e-13));
                }
                assertThat(joint[a * states][b * states]).isCloseTo(sum, within(1e-13));
                assertThat(joint[a * states][b * states]).isCloseTo(ofS[a][b], within(1e-13));
            }
            for (int k = 1; k < states; k++) {
                double se = all.at(k - 1, times[a]).standardError().orElseThrow();
                assertThat(joint[a * states + k][a * states + k]).isCloseTo(se * se, within(1e-13));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void covarianceIsSymmetricAndPositiveSemidefinite(RandomFollowUp sample) {
        double[][] joint = aj(sample.data()).covariance(someTimes(km(sample.data())));
        double trace = 0;
        for (int a = 0; a < joint.length; a++) {
            assertThat(joint[a][a]).isGreaterThanOrEqualTo(-1e-16);
            trace += joint[a][a];
            for (int b = 0; b < a; b++) {
                assertThat(joint[a][b]).isEqualTo(joint[b][a]);
            }
        }
        double least = Arrays.stream(new EigenDecomposition(new Array2DRowRealMatrix(joint)).getRealEigenvalues())
                .min()
                .orElseThrow();
        assertThat(least).isGreaterThanOrEqualTo(-1e-12 * Math.max(trace, 1e-3));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void survivalAtTwoTimesHasTheMarkovCovariance(RandomFollowUp sample) {
        SurvivalEstimate curve = km(sample.data());
        double[] times = someTimes(curve);
        double[] s = curve.survivalValues(times);
        double[][] covariance = curve.survivalCovariance(times);
        for (int a = 0; a < times.length; a++) {
            for (int b = a; b < times.length; b++) {
                if (s[a] > 0) {
                    assertThat(covariance[a][b]).isCloseTo(s[b] / s[a] * covariance[a][a], within(1e-15));
                }
            }
            if (s[a] > 0) {
                double se = curve.survivalAt(times[a]).standardError().orElseThrow();
                assertThat(covariance[a][a]).isCloseTo(se * se, within(1e-15));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void oneCauseAloneIsOneMinusSurvival(RandomFollowUp sample) {
        for (int cause = 1; cause <= sample.causes; cause++) {
            EventTable table = EventTable.of(sample.data()).causeSpecific(cause);
            SurvivalEstimate s = KaplanMeier.withDefaults().fit(table);
            CauseIncidence f = AalenJohansen.withDefaults()
                    .fit(table)
                    .incidence(table.causes().get(0));
            for (int i = 0; i < s.size(); i++) {
                assertThat(f.incidence(i)).isCloseTo(1 - s.survival(i), within(1e-13));
                if (s.survival(i) > 0) {
                    assertThat(f.standardError(i)).isCloseTo(s.standardError(i), within(1e-9));
                    assertThat(square(f.standardError(i))).isCloseTo(square(s.standardError(i)), within(1e-15));
                } else {
                    assertThat(f.incidence(i)).isEqualTo(1);
                    assertThat(f.standardError(i)).isZero();
                }
            }
        }
    }

    private static double square(double x) {
        return x * x;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void quantilesLieWithinTheFlat(RandomFollowUp sample) {
        SurvivalEstimate curve = km(sample.data());
        for (double p : SHARES) {
            PointEstimate q = curve.quantile(p);
            double target = 1 - p;
            double slack = 1e-8 * target;
            if (!q.isEstimable()) {
                assertThat(curve.survival(curve.size() - 1)).isGreaterThan(target);
                assertThat(q.reason()).contains("stays above");
                continue;
            }
            double t = q.estimate();
            double at = curve.survivalValues(new double[] {t})[0];
            assertThat(at).isLessThanOrEqualTo(target + slack);
            // Just before t the curve is still above the target, or on the flat that equals it.
            double before = t == 0 ? 1 : curve.survivalValues(new double[] {t * (1 - 1e-6)})[0];
            assertThat(before).isGreaterThanOrEqualTo(target - slack);
            q.interval().lower().ifPresent(low -> assertThat(low).isLessThanOrEqualTo(t));
            q.interval().upper().ifPresent(high -> assertThat(high).isGreaterThanOrEqualTo(t));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void restrictedMeanIsTheArea(RandomFollowUp sample) {
        SurvivalEstimate curve = km(sample.data());
        double last = curve.time(curve.size() - 1);
        for (double share : new double[] {0.01, 0.37, 1}) {
            double tau = share * last;
            if (!(tau > 0)) {
                continue;
            }
            double area = 0;
            double from = 0;
            double height = 1;
            for (int i = 0; i < curve.size() && curve.time(i) <= tau; i++) {
                area += height * (curve.time(i) - from);
                from = curve.time(i);
                height = curve.survival(i);
            }
            area += height * (tau - from);
            assertThat(curve.restrictedMean(tau).estimate()).isCloseTo(area, within(1e-12 * tau));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theRestrictedMeansVarianceIsThatOfTheArea(RandomFollowUp sample) {
        // Integrating Cov(S(u), S(v)) over both times, exactly, from the pieces between points.
        SurvivalEstimate curve = km(sample.data());
        int n = curve.size();
        if (n > 60 || curve.survival(n - 1) == 0) {
            return;
        }
        double[] times = new double[n];
        double[] width = new double[n];
        for (int i = 0; i < n; i++) {
            times[i] = curve.time(i);
            width[i] = i + 1 < n ? curve.time(i + 1) - times[i] : 0;
        }
        double[][] covariance = curve.survivalCovariance(times);
        double variance = 0;
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                variance += width[a] * width[b] * covariance[a][b];
            }
        }
        if (times[n - 1] > 0) {
            double se = curve.restrictedMean(times[n - 1]).standardError().orElseThrow();
            assertThat(se * se).isCloseTo(variance, within(1e-11 * Math.max(1, variance)));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void conditionalCurvesAreQuotients(RandomFollowUp sample) {
        SurvivalEstimate whole = km(sample.data());
        int middle = whole.size() / 3;
        double start = whole.time(middle);
        if (start == 0 || middle == whole.size() - 1 || whole.survival(middle) == 0) {
            return;
        }
        SurvivalEstimate later =
                KaplanMeier.withDefaults().withStart(start).fit(sample.data()).get("all");
        IncidenceEstimate laterF =
                AalenJohansen.withDefaults().withStart(start).fit(sample.data()).get("all");
        IncidenceEstimate wholeF = aj(sample.data());
        double atStart = whole.survival(middle);
        assertThat(later.size()).isEqualTo(whole.size() - middle - 1);
        for (int i = 0; i < later.size(); i++) {
            int j = middle + 1 + i;
            assertThat(later.time(i)).isEqualTo(whole.time(j));
            assertThat(later.atRisk(i)).isEqualTo(whole.atRisk(j));
            assertThat(later.events(i)).isEqualTo(whole.events(j));
            assertThat(later.survival(i)).isCloseTo(whole.survival(j) / atStart, within(1e-13));
            for (int k = 0; k < sample.causes; k++) {
                double gained = wholeF.incidence(k, j) - wholeF.incidence(k, middle);
                assertThat(laterF.incidence(k, i)).isCloseTo(gained / atStart, within(1e-12));
            }
        }
        assertThat(later.survivalAt(start).estimate()).isEqualTo(1);
        assertThat(later.survivalAt(start / 2).isEstimable()).isFalse();
        double last = whole.time(whole.size() - 1);
        double area = (whole.restrictedMean(last).estimate()
                        - whole.restrictedMean(start).estimate())
                / atStart;
        assertThat(later.restrictedMean(last).estimate()).isCloseTo(area, within(1e-11 * last));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void hazardAndSurvivalTellTheSameStory(RandomFollowUp sample) {
        SurvivalEstimate s = km(sample.data());
        HazardEstimate h = NelsonAalen.withDefaults().fit(sample.data()).get("all");
        for (int i = 0; i < s.size(); i++) {
            double before = i == 0 ? 0 : h.cumulativeHazard(i - 1);
            double sBefore = i == 0 ? 1 : s.survival(i - 1);
            assertThat(h.cumulativeHazard(i)).isEqualTo(s.cumulativeHazard(i));
            double jump = h.cumulativeHazard(i) - before;
            assertThat(s.survival(i)).isCloseTo(sBefore * (1 - jump), within(1e-13));
            // 1 - x <= exp(-x): the product-limit estimate lies below exp(-H).
            assertThat(s.survival(i)).isLessThanOrEqualTo(Math.exp(-h.cumulativeHazard(i)) + 1e-13);
            Interval interval = h.cumulativeHazardAt(h.time(i)).interval();
            if (interval.isEstimable()) {
                assertThat(interval.lower().orElseThrow()).isBetween(0.0, h.cumulativeHazard(i));
                assertThat(interval.upper().orElseThrow()).isGreaterThanOrEqualTo(h.cumulativeHazard(i));
            } else {
                assertThat(h.cumulativeHazard(i)).isZero();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void limitsInBulkAreTheIntervalsAndHoldTheEstimate(RandomFollowUp sample) {
        for (Profile profile : Profile.values()) {
            for (ConfidenceType type : ConfidenceType.values()) {
                AalenJohansen procedure = AalenJohansen.withDefaults()
                        .withProfile(profile)
                        .withConfidenceType(type)
                        .withLevel(0.9);
                IncidenceEstimate all = procedure.fit(sample.data()).get("all");
                SurvivalEstimate s = all.eventFree();
                Limits ofS = s.limits();
                Limits ofF = all.limits(0);
                for (int i = 0; i < s.size(); i++) {
                    Interval one = type.interval(s.survival(i), s.standardError(i), 0.9, profile);
                    assertLimits(ofS, i, one, s.survival(i));
                    Interval other = type.interval(all.incidence(0, i), all.standardError(0, i), 0.9, profile);
                    assertLimits(ofF, i, other, all.incidence(0, i));
                    assertThat(s.survivalAt(s.time(i)).interval()).isEqualTo(one);
                }
            }
        }
    }

    private static void assertLimits(Limits bulk, int i, Interval interval, double p) {
        if (!interval.isEstimable()) {
            assertThat(bulk.lower(i)).isNaN();
            assertThat(bulk.upper(i)).isNaN();
            assertThat(interval.reason()).isNotEmpty();
            return;
        }
        double lower = interval.lower().orElseThrow();
        double upper = interval.upper().orElseThrow();
        assertThat(bulk.lower(i)).isCloseTo(lower, within(1e-13));
        assertThat(bulk.upper(i)).isCloseTo(upper, within(1e-13));
        assertThat(lower).isBetween(0.0, p * (1 + 1e-15));
        assertThat(upper).isBetween(p * (1 - 1e-15), 1.0);
    }
}
