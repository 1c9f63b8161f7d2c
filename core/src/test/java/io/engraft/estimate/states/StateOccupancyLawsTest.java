package io.engraft.estimate.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.curve.PointEstimate;
import io.engraft.data.Grouped;
import io.engraft.data.MultiStateData;
import io.engraft.data.WeightType;
import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.IncidenceEstimate;
import io.engraft.testing.RandomFollowUp;
import io.engraft.testing.RandomStates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.junit.jupiter.api.Test;

/** Identities of state occupation that hold for any data, each on a thousand random sets. */
class StateOccupancyLawsTest {

    private static final int SETS = 1000;
    private static final List<OccupancyVariance> BOTH = List.of(OccupancyVariance.DELTA, OccupancyVariance.ROBUST);

    private static void forAll(Consumer<RandomStates> law) {
        for (int seed = 0; seed < SETS; seed++) {
            law.accept(RandomStates.of(seed));
        }
    }

    private static OccupancyEstimate fit(MultiStateData data, OccupancyVariance variance) {
        return StateOccupancy.withDefaults().withVariance(variance).fit(data).get("all");
    }

    private static double[] someTimes(OccupancyEstimate all) {
        int n = all.size();
        double[] times = {all.time(0) * 0.5, all.time(n / 3), all.time(n / 2), all.time(n - 1)};
        return Arrays.stream(times).distinct().toArray();
    }

    private static void same(OccupancyEstimate a, OccupancyEstimate b, double[] times, String what) {
        assertThat(distance(a.probabilityValues(times), b.probabilityValues(times)))
                .as(what)
                .isLessThan(1e-12);
        assertThat(distance(a.covariance(times), b.covariance(times))).as(what).isLessThan(1e-12);
    }

    /** The largest difference; NaN, which is less than nothing, where an entry has one. */
    private static double distance(double[][] a, double[][] b) {
        assertThat(a.length).isEqualTo(b.length);
        double most = 0;
        for (int x = 0; x < a.length; x++) {
            assertThat(a[x].length).isEqualTo(b[x].length);
            for (int y = 0; y < a[x].length; y++) {
                most = Math.max(most, Math.abs(a[x][y] - b[x][y]));
            }
        }
        return most;
    }

    @Test
    void probabilitiesSumToOne() {
        forAll(set -> {
            OccupancyEstimate all = fit(set.rows().build(), OccupancyVariance.AUTOMATIC);
            for (int i = 0; i < all.size(); i++) {
                double sum = 0;
                for (String state : all.states()) {
                    assertThat(all.probability(state, i))
                            .as("seed %s", set.seed)
                            .isBetween(0.0, 1.0);
                    sum += all.probability(state, i);
                }
                assertThat(sum).as("seed %s", set.seed).isCloseTo(1, within(1e-12));
            }
            assertThat(all.startDistribution().values().stream()
                            .mapToDouble(Double::doubleValue)
                            .sum())
                    .isCloseTo(1, within(1e-12));
        });
    }

    @Test
    void covarianceIsSymmetricAndPositiveSemidefiniteWithRowsOfZeroSum() {
        forAll(set -> {
            for (OccupancyVariance variance : BOTH) {
                OccupancyEstimate all = fit(set.rows().build(), variance);
                double[][] joint = all.covariance(someTimes(all));
                int k = all.states().size();
                double trace = 0;
                boolean asymmetric = false;
                double unbalanced = 0;
                for (int a = 0; a < joint.length; a++) {
                    trace += joint[a][a];
                    for (int from = 0; from < joint.length; from += k) {
                        double sum = 0;
                        for (int b = from; b < from + k; b++) {
                            asymmetric |= joint[a][b] != joint[b][a];
                            sum += joint[a][b];
                        }
                        unbalanced = Math.max(unbalanced, Math.abs(sum));
                    }
                }
                assertThat(asymmetric).as("seed %s", set.seed).isFalse();
                assertThat(unbalanced).as("seed %s", set.seed).isLessThan(1e-13);
                double least = Arrays.stream(
                                new EigenDecomposition(new Array2DRowRealMatrix(joint)).getRealEigenvalues())
                        .min()
                        .orElseThrow();
                assertThat(least).as("seed %s", set.seed).isGreaterThanOrEqualTo(-1e-12 * Math.max(trace, 1e-3));
            }
        });
    }

    @Test
    void forwardAndBackwardErrorsAgree() {
        forAll(set -> {
            for (OccupancyVariance variance : BOTH) {
                OccupancyEstimate all = fit(set.rows().build(), variance);
                int i = all.size() / 2;
                double[][] joint = all.covariance(new double[] {all.time(i)});
                for (int j = 0; j < all.states().size(); j++) {
                    String state = all.states().get(j);
                    double backward = error(all.probabilityAt(state, all.time(i)));
                    double forward = all.standardError(state, i);
                    assertThat(forward * forward).as("seed %s", set.seed).isCloseTo(backward * backward, within(1e-14));
                    assertThat(joint[j][j]).as("seed %s", set.seed).isCloseTo(backward * backward, within(1e-14));
                }
            }
        });
    }

    private static double error(PointEstimate estimate) {
        return estimate.standardError().orElseThrow();
    }

    @Test
    void orderOfRowsAndCutsOfRowsChangeNothing() {
        forAll(set -> {
            MultiStateData whole = set.rows().build();
            for (OccupancyVariance variance : OccupancyVariance.values()) {
                OccupancyEstimate all = fit(whole, variance);
                double[] times = someTimes(all);
                same(all, fit(set.shuffled().build(), variance), times, "seed " + set.seed + " shuffled");
                OccupancyEstimate cut = fit(set.cut(), variance);
                same(all, cut, times, "seed " + set.seed + " cut");
                assertThat(cut.conventions()).isEqualTo(all.conventions());
            }
        });
    }

    @Test
    void namesOfStatesOnlyPermute() {
        forAll(set -> {
            List<String> order = new ArrayList<>(set.states);
            Collections.reverse(order);
            MultiStateData renamed = set.renamed(order);
            for (OccupancyVariance variance : BOTH) {
                OccupancyEstimate all = fit(set.rows().build(), variance);
                OccupancyEstimate other = fit(renamed, variance);
                double t = all.time(all.size() / 2);
                for (String state : set.states) {
                    PointEstimate ours = all.probabilityAt(state, t);
                    PointEstimate theirs = other.probabilityAt(RandomStates.rename(state), t);
                    assertThat(theirs.estimate()).as("seed %s", set.seed).isCloseTo(ours.estimate(), within(1e-13));
                    assertThat(square(theirs)).as("seed %s", set.seed).isCloseTo(square(ours), within(1e-14));
                }
            }
        });
    }

    private static double square(PointEstimate estimate) {
        return error(estimate) * error(estimate);
    }

    @Test
    void transitionMatricesMultiply() {
        forAll(set -> {
            OccupancyEstimate all = fit(set.rows().build(), OccupancyVariance.DELTA);
            double s = all.time(0) * 0.5;
            double u = all.time(all.size() / 2);
            double t = all.time(all.size() - 1);
            Array2DRowRealMatrix first =
                    new Array2DRowRealMatrix(all.transitions(s, u).matrix());
            Array2DRowRealMatrix second =
                    new Array2DRowRealMatrix(all.transitions(u, t).matrix());
            double[][] product = first.multiply(second).getData();
            double[][] whole = all.transitions(s, t).matrix();
            double[][] fromStart = all.transitions(0, t).matrix();
            assertThat(distance(whole, product)).as("seed %s", set.seed).isLessThan(1e-12);
            for (int j = 0; j < whole.length; j++) {
                double p = 0;
                for (int l = 0; l < whole.length; l++) {
                    p += all.startDistribution().getOrDefault(set.states.get(l), 0.0) * fromStart[l][j];
                }
                assertThat(p)
                        .as("seed %s", set.seed)
                        .isCloseTo(all.probabilityAt(set.states.get(j), t).estimate(), within(1e-12));
            }
        });
    }

    @Test
    void frequencyWeightsAreReplicates() {
        forAll(set -> {
            for (OccupancyVariance variance : BOTH) {
                OccupancyEstimate weighted = fit(set.weighted(WeightType.FREQUENCY, 1), variance);
                OccupancyEstimate replicated = fit(set.replicated(), variance);
                same(weighted, replicated, someTimes(weighted), "seed " + set.seed);
                double tau = weighted.time(weighted.size() - 1);
                PointEstimate ours = weighted.timeIn("s1", tau);
                PointEstimate theirs = replicated.timeIn("s1", tau);
                assertThat(square(ours)).as("seed %s", set.seed).isCloseTo(square(theirs), within(1e-10));
            }
        });
    }

    @Test
    void samplingWeightsHaveNoScale() {
        forAll(set -> {
            OccupancyEstimate one = fit(set.weighted(WeightType.SAMPLING, 1), OccupancyVariance.AUTOMATIC);
            OccupancyEstimate many = fit(set.weighted(WeightType.SAMPLING, 7.3), OccupancyVariance.AUTOMATIC);
            same(one, many, someTimes(one), "seed " + set.seed);
            // Equal weights are none.
            double[] equal = new double[set.id.size()];
            Arrays.fill(equal, 0.3);
            OccupancyEstimate level =
                    fit(set.rows().weights(equal, WeightType.SAMPLING).build(), OccupancyVariance.ROBUST);
            same(level, fit(set.rows().build(), OccupancyVariance.ROBUST), someTimes(one), "seed " + set.seed);
        });
    }

    @Test
    void timesInStatesSumToTheHorizon() {
        forAll(set -> {
            for (OccupancyVariance variance : BOTH) {
                OccupancyEstimate all = fit(set.rows().build(), variance);
                double tau = all.time(all.size() - 1) * 0.9;
                double sum = 0;
                for (String state : set.states) {
                    sum += all.timeIn(state, tau).estimate();
                }
                assertThat(sum).as("seed %s", set.seed).isCloseTo(tau, within(1e-11));
                PointEstimate whole = all.sum(set.states).timeIn(tau);
                assertThat(whole.estimate()).isCloseTo(tau, within(1e-11));
                assertThat(error(whole)).as("seed %s", set.seed).isCloseTo(0, within(1e-7));
            }
        });
    }

    @Test
    void aSumAndItsComplementMirrorEachOther() {
        forAll(set -> {
            List<String> some = set.states.subList(0, 1);
            List<String> others = set.states.subList(1, set.states.size());
            for (OccupancyVariance variance : BOTH) {
                OccupancyEstimate all = fit(set.rows().build(), variance);
                OccupancySum a = all.sum(some);
                OccupancySum b = all.sum(others);
                int i = all.size() / 2;
                double t = a.time(i);
                assertThat(a.probability(i) + b.probability(i)).isCloseTo(1, within(1e-12));
                assertThat(Math.pow(a.standardError(i), 2))
                        .as("seed %s", set.seed)
                        .isCloseTo(Math.pow(b.standardError(i), 2), within(1e-14));
                assertThat(square(a.probabilityAt(t)))
                        .as("seed %s", set.seed)
                        .isCloseTo(b.covariance(new double[] {t})[0][0], within(1e-14));
            }
        });
    }

    /** The visits to a state are its gains: with those to the others they balance what is there. */
    @Test
    void visitsBalance() {
        forAll(set -> {
            OccupancyEstimate all = fit(set.rows().build(), OccupancyVariance.ROBUST);
            double t = all.time(all.size() - 1);
            String last = set.states.get(set.states.size() - 1);
            double gained = all.probabilityAt(last, t).estimate()
                    - all.startDistribution().getOrDefault(last, 0.0);
            PointEstimate visits = all.visits(last, t);
            assertThat(visits.estimate()).as("seed %s", set.seed).isCloseTo(gained, within(1e-12));
            double hazards = 0;
            for (String state : set.states) {
                if (!state.equals(last)) {
                    double[] h = all.hazard(state, last).cumulativeHazardValues(new double[] {t});
                    hazards += Double.isNaN(h[0]) ? 0 : h[0];
                }
            }
            assertThat(hazards).as("seed %s", set.seed).isGreaterThanOrEqualTo(0);
        });
    }

    @Test
    void groupsAreEstimatedByThemselves() {
        forAll(set -> {
            MultiStateData data = set.grouped().build();
            Grouped<OccupancyEstimate> all = StateOccupancy.withDefaults()
                    .withVariance(OccupancyVariance.ROBUST)
                    .fit(data);
            for (String group : all.groups()) {
                double[] alone = set.weights(1);
                for (int i = 0; i < alone.length; i++) {
                    alone[i] = set.group.get(i).equals(group) ? 1 : 0;
                }
                OccupancyEstimate one =
                        fit(set.rows().weights(alone, WeightType.SAMPLING).build(), OccupancyVariance.ROBUST);
                same(all.get(group), one, someTimes(one), "seed " + set.seed + " " + group);
            }
        });
    }

    @Test
    void competingRisksAreTheAalenJohansenEstimate() {
        for (int seed = 0; seed < SETS; seed++) {
            RandomFollowUp follow = RandomFollowUp.of(seed);
            IncidenceEstimate known =
                    AalenJohansen.withDefaults().fit(follow.data()).get("all");
            OccupancyEstimate all = fit(MultiStateData.of(follow.data()), OccupancyVariance.AUTOMATIC);
            assertThat(all.conventions().get("variance")).startsWith("delta");
            assertThat(all.states()).isEqualTo(known.states());
            assertThat(all.size()).isEqualTo(known.size());
            assertThat(all.horizon()).isEqualTo(known.horizon());
            assertThat(all.jumpTimes()).isEqualTo(known.jumpTimes());
            double[] apart = new double[3];
            for (int i = 0; i < all.size(); i++) {
                for (int c = 0; c < follow.causes; c++) {
                    String cause = follow.labels().get(c);
                    apart[0] = Math.max(
                            apart[0],
                            Math.abs(all.probability(cause, i)
                                    - known.incidence(cause).incidence(i)));
                    double ours = all.standardError(cause, i);
                    double theirs = known.incidence(cause).standardError(i);
                    apart[1] = Math.max(apart[1], Math.abs(ours * ours - theirs * theirs));
                }
                double free = all.probability(IncidenceEstimate.EVENT_FREE, i);
                apart[2] = Math.max(apart[2], Math.abs(free - known.eventFree().survival(i)));
            }
            assertThat(Math.max(apart[0], Math.max(apart[1], apart[2])))
                    .as("seed %s", seed)
                    .isLessThan(1e-12);
        }
    }
}
