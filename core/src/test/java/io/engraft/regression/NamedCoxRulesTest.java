package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FitStatus;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.data.WeightType;
import io.engraft.estimate.resample.Bootstrap;
import io.engraft.estimate.resample.BootstrapResult;
import io.engraft.estimate.resample.BootstrapStatistic;
import io.engraft.estimate.resample.Resample;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The museum of rules: which times are one, ties, and what there is without events. Names as in named-cases.md. */
class NamedCoxRulesTest {

    private static final CoxModel X = CoxModel.withDefaults().withCovariates("x");

    private static SurvivalData.Builder rows(double[] time, int[] status, double... x) {
        return SurvivalData.builder(time, status).covariate("x", x);
    }

    private static double estimate(RegressionFit fit) {
        return fit.coefficient("x").value().estimate();
    }

    @Test
    void cox_zeroEvents() {
        double[] time = {1, 2, 3, 4};
        double[] x = {1, 2, 0, 1};
        SurvivalData none = rows(time, new int[4], x).build();
        assertThatThrownBy(() -> X.fit(none))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(
                        "there are no events among 4 rows, so there is nothing to fit; allowed: at least one");
        SurvivalData weightless = rows(time, new int[] {0, 1, 0, 0}, x)
                .weights(new double[] {1, 0, 2, 1}, WeightType.FREQUENCY)
                .build();
        assertThatThrownBy(() -> X.fit(weightless))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("no events");
        SurvivalData other = rows(time, new int[] {0, 1, 1, 0}, x).build();
        assertThatThrownBy(() -> X.withCause(2).fit(other))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("cause is 2; allowed: 1");
        // A stratum without events has nothing to say, and no baseline.
        int[] status = {1, 0, 1, 1, 0, 0, 0};
        double[] values = {1, 0, 0, 1, 5, -7, 2};
        double[] times = {1, 2, 3, 4, 5, 6, 7};
        CoxFit with = X.fit(rows(times, status, values)
                .strata(Categories.of(List.of("a", "a", "a", "a", "b", "b", "b")))
                .build());
        CoxFit without = X.fit(rows(Arrays.copyOf(times, 4), Arrays.copyOf(status, 4), Arrays.copyOf(values, 4))
                .build());
        LawRows.same(with, without, 1e-12);
        CovariateProfile patient = CovariateProfile.empty().with("x", 1);
        assertThat(with.predict(patient, "b").survivalAt(6).estimate()).isEqualTo(1);
        assertThat(with.predict(patient, "b").jumpTimes()).isEmpty();
    }

    /** The coefficient of a replicate, NaN where nobody of it has the event. */
    private static final class Replicate implements BootstrapStatistic {
        private final SurvivalData data;

        private Replicate(SurvivalData data) {
            this.data = data;
        }

        @Override
        public double of(Resample sample) {
            double[] counts = Arrays.stream(sample.rowCounts()).asDoubleStream().toArray();
            try {
                CoxFit fit = X.fit(
                        data.toBuilder().weights(counts, WeightType.FREQUENCY).build());
                return fit.status() == FitStatus.CONVERGED ? estimate(fit) : Double.NaN;
            } catch (InvalidDataException e) {
                return Double.NaN;
            }
        }

        @Override
        public String reason() {
            return "there is no event, or x tells who has one";
        }
    }

    @Test
    void cox_bootstrapNoEvent() {
        double[] x = {2, 1, 3, 5, 4, 2, 1, 6, 3, 2, 5, 4, 1, 3, 2, 6, 2, 4};
        double[] time = IntStream.rangeClosed(1, x.length).mapToDouble(i -> i).toArray();
        int[] status = new int[x.length];
        status[2] = 1;
        status[7] = 1;
        status[11] = 1;
        SurvivalData data = rows(time, status, x).build();
        Bootstrap bootstrap = Bootstrap.withDefaults().withReplicates(200).withSeed(4);
        BootstrapResult events = bootstrap.fit(
                data,
                sample -> IntStream.range(0, sample.size()).map(sample::events).sum());
        double none = Arrays.stream(events.replicates()).filter(n -> n == 0).count();
        assertThat(none).isGreaterThan(2);
        BootstrapResult result = bootstrap.fit(data, new Replicate(data));
        double[] replicates = result.replicates();
        for (int b = 0; b < replicates.length; b++) {
            if (events.replicates()[b] == 0) {
                assertThat(replicates[b]).isNaN();
            }
        }
        assertThat(result.failures()).isGreaterThanOrEqualTo((int) none).isEqualTo((int)
                Arrays.stream(replicates).filter(Double::isNaN).count());
        assertThat(result.failureReason()).isEqualTo("there is no event, or x tells who has one");
        assertThat(result.percentile().isEstimable()).isFalse();
        assertThat(result.percentile().reason()).contains(result.failures() + " of 200 replicates failed");
    }

    /**
     * Two events at 1 and one left. By Efron the terms have sums 3 and 3 - 2/2 = 2: a hazard of 1/3 + 1/2 = 5/6, of which
     * tied events meet 1/3 + 1/2 * 1/2 = 7/12. By Breslow it is 2/3 for all. With x = 0, 1 and 1/2 the means are 1/2
     * throughout and the coefficient is 0, so that the score of the first row is -1/2 + 1/2 * 7/12 = -5/24, or by Breslow
     * -1/2 + 1/2 * 2/3 = -1/6.
     */
    @Test
    void cox_efronResiduals() {
        SurvivalData data =
                rows(new double[] {1, 1, 2}, new int[] {1, 1, 0}, 0, 1, 0.5).build();
        CoxFit efron = X.fit(data);
        CoxFit breslow = X.withTies(CoxTies.BRESLOW).fit(data);
        assertThat(estimate(efron)).isCloseTo(0, within(1e-12));
        assertThat(efron.residuals().coxSnell())
                .containsExactly(new double[] {7 / 12.0, 7 / 12.0, 5 / 6.0}, within(1e-14));
        assertThat(breslow.residuals().coxSnell())
                .containsExactly(new double[] {2 / 3.0, 2 / 3.0, 2 / 3.0}, within(1e-14));
        assertThat(efron.residuals().martingale())
                .containsExactly(new double[] {5 / 12.0, 5 / 12.0, -5 / 6.0}, within(1e-14));
        assertThat(efron.residuals().score()[0][0]).isCloseTo(-5 / 24.0, within(1e-14));
        assertThat(efron.residuals().score()[1][0]).isCloseTo(5 / 24.0, within(1e-14));
        assertThat(efron.residuals().score()[2][0]).isCloseTo(0, within(1e-14));
        assertThat(breslow.residuals().score()[0][0]).isCloseTo(-1 / 6.0, within(1e-14));
        CovariateProfile patient = CovariateProfile.empty().with("x", 0.5);
        assertThat(efron.predict(patient).cumulativeHazardAt(1.5).estimate()).isCloseTo(5 / 6.0, within(1e-14));
        assertThat(breslow.predict(patient).cumulativeHazardAt(1.5).estimate()).isCloseTo(2 / 3.0, within(1e-14));
        assertThat(efron.conventions()).containsEntry("ties", "Efron");
        assertThat(breslow.conventions()).containsEntry("ties", "Breslow");
    }

    /**
     * Four at risk with hazards 2, 1, 1, 1, of whom the first two have the event at one time. In discrete time that is
     * 2 * 1 out of the six pairs' 3 * 2 + 3 * 1 = 9, so 2/9; that in continuous time these two come first is
     * 2/5 * 1/3 + 1/5 * 2/4 = 7/30, which is what SAS calls exact and is not had here.
     */
    @Test
    void cox_exactMeansTwoThings() {
        SurvivalData data = SurvivalData.builder(new double[] {1, 1, 2, 2}, new int[] {1, 1, 0, 0})
                .covariate("o", new double[] {Math.log(2), 0, 0, 0})
                .build();
        CoxFit exact =
                CoxModel.withDefaults().withOffset("o").withTies(CoxTies.EXACT).fit(data);
        assertThat(exact.logLikelihood()).isCloseTo(Math.log(2 / 9.0), within(1e-14));
        assertThat(exact.logLikelihood()).isNotCloseTo(Math.log(7 / 30.0), within(0.04));
        assertThat(exact.conventions().get("ties")).contains("exact").contains("discrete time");
        assertThat(CoxTies.values()).hasSize(3);
    }

    /** 2 and sqrt(2)^2 are one time, and a fit in days is that in years. */
    @Test
    void floatTies_sqrt2squared() {
        double two = Math.sqrt(2) * Math.sqrt(2);
        int[] status = {1, 1, 1, 0, 1, 0};
        double[] x = {0, 1, 1, 0, 0, 1};
        double[] near = {2, two, 1, 3, 4, 5};
        double[] exact = {2, 2, 1, 3, 4, 5};
        for (CoxTies ties : CoxTies.values()) {
            CoxModel model = X.withTies(ties);
            assertThat(model.fit(rows(near, status, x).build()).toString())
                    .isEqualTo(model.fit(rows(exact, status, x).build()).toString());
            assertThat(estimate(model.withTieRule(TieRule.EXACT)
                            .fit(rows(near, status, x).build())))
                    .isNotCloseTo(estimate(model.fit(rows(exact, status, x).build())), within(1e-3));
        }
        double[] days = {30, 60, 61, 90, 30, 61, 365, 731, 90, 61};
        int[] events = {1, 1, 1, 0, 0, 1, 1, 0, 2, 2};
        double[] years = new double[days.length];
        // The 61s reach years by different arithmetic, as when two files are joined.
        Arrays.setAll(years, i -> i % 2 == 0 ? days[i] / 365.25 : (days[i] + 1e6) / 365.25 - 1e6 / 365.25);
        assertThat(years[2]).isNotEqualTo(years[5]);
        double[] values = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3};
        SurvivalData inDays = rows(days, events, values).build();
        SurvivalData inYears = rows(years, events, values).build();
        LawRows.same(X.fit(inYears), X.fit(inDays), 1e-13);
        FineGrayModel grey = FineGrayModel.withDefaults().withCause(1).withCovariates("x");
        LawRows.same(grey.fit(inYears), grey.fit(inDays), 1e-13);
    }

    /** A row shorter than the tolerance is told of, or with exact times is at risk: it never goes without a word. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 1e-10})
    void floatTies_tinyIntervals(double length) {
        SurvivalData data = rows(new double[] {1, 1 + length, 2, 3}, new int[] {0, 1, 1, 0}, 0, 1, 0, 1)
                .entry(new double[] {0, 1, 0, 0})
                .build();
        FineGrayModel grey = FineGrayModel.withDefaults().withCause(1).withCovariates("x");
        for (ThrowingCallable fit : List.<ThrowingCallable>of(() -> X.fit(data), () -> grey.fit(data))) {
            assertThatThrownBy(fit)
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("within the tie tolerance 1.0E-8");
        }
        CoxFit exact = CoxModel.withDefaults().withTieRule(TieRule.EXACT).fit(data);
        // Three at risk at the first event, two at the second.
        assertThat(exact.logLikelihood()).isCloseTo(-Math.log(3) - Math.log(2), within(1e-14));
    }

    /** What is asked of a prediction is looked up by the rule of the fit. */
    @Test
    void floatTies_summaryTimes() {
        double recorded = 0.1 + 0.2;
        assertThat(recorded).isNotEqualTo(0.3);
        SurvivalData data = rows(new double[] {recorded, 0.5, 0.7, 0.2, 0.6}, new int[] {1, 1, 0, 2, 1}, 1, 0, 1, 0, 1)
                .build();
        CovariateProfile patient = CovariateProfile.empty().with("x", 1);
        PredictedSurvival curve = X.withCause(1).fit(data).predict(patient);
        assertThat(curve.survivalAt(0.3)).isEqualTo(curve.survivalAt(recorded));
        assertThat(curve.survivalAt(0.3).estimate()).isLessThan(1);
        assertThat(curve.survivalAt(0.29).estimate()).isEqualTo(1);
        assertThat(curve.survivalAt(0.7 * (1 + 1e-12)).isEstimable()).isTrue();
        assertThat(curve.survivalAt(0.7 * (1 + 1e-7)).isEstimable()).isFalse();
        PredictedIncidence incidence = FineGrayModel.withDefaults()
                .withCause(1)
                .withCovariates("x")
                .fit(data)
                .predict(patient);
        assertThat(incidence.incidenceAt(0.3)).isEqualTo(incidence.incidenceAt(recorded));
        assertThat(incidence.incidenceAt(0.3).estimate()).isPositive();
    }

    /** Cut at 0.1, 0.1 + 0.1 and so on: the pieces meet, and end where the others' events are, by rounding only. */
    @Test
    void floatTies_survSplit() {
        int n = 24;
        Random random = new Random(3);
        double[] time = new double[n];
        int[] status = new int[n];
        double[] x = new double[n];
        int[] row = new int[n * 10];
        double[] from = new double[n * 10];
        double[] to = new double[n * 10];
        int[] end = new int[n * 10];
        int pieces = 0;
        for (int i = 0; i < n; i++) {
            int tenths = 1 + random.nextInt(9);
            time[i] = tenths / 10.0;
            status[i] = random.nextInt(3) > 0 ? 1 : 0;
            x[i] = random.nextInt(5);
            double at = 0;
            for (int j = 1; j <= tenths; j++) {
                row[pieces] = i;
                from[pieces] = at;
                at += 0.1;
                to[pieces] = at;
                end[pieces++] = j == tenths ? status[i] : 0;
            }
        }
        assertThat(to).contains(0.1 + 0.1 + 0.1).doesNotContain(0.3);
        int[] of = Arrays.copyOf(row, pieces);
        SurvivalData whole = rows(time, status, x).build();
        SurvivalData.Builder cut = rows(Arrays.copyOf(to, pieces), Arrays.copyOf(end, pieces), LawRows.pick(x, of))
                .entry(Arrays.copyOf(from, pieces));
        for (CoxTies ties : CoxTies.values()) {
            CoxFit fit = X.withTies(ties).fit(whole);
            assertThat(fit.status()).isEqualTo(FitStatus.CONVERGED);
            LawRows.same(X.withTies(ties).fit(cut.build()), fit, 1e-12);
        }
        PointEstimate one =
                X.fit(whole).predict(CovariateProfile.empty().with("x", 2)).survivalAt(0.3);
        PointEstimate two = X.fit(cut.build())
                .predict(CovariateProfile.empty().with("x", 2))
                .survivalAt(0.3);
        assertThat(two.estimate()).isCloseTo(one.estimate(), within(1e-13));
    }

    /** Weights by censoring hang neither on the order of the rows nor on how a time was reckoned. */
    @Test
    void floatTies_ipcwWeights() {
        double[] near = {0.5, 0.1 + 0.2, 0.7, 0.3, 0.9, 0.1 * 7, 0.3, 0.2, 0.9, 0.6};
        double[] exact = {0.5, 0.3, 0.7, 0.3, 0.9, 0.7, 0.3, 0.2, 0.9, 0.6};
        int[] status = {0, 1, 1, 0, 1, 0, 2, 2, 0, 1};
        double[] x = {1, 0, 2, 1, 1, 3, 0, 2, 1, 0};
        FineGrayModel model = FineGrayModel.withDefaults().withCause(1).withCovariates("x");
        FineGrayFit expected = model.fit(rows(exact, status, x).build());
        assertThat(expected.status()).isEqualTo(FitStatus.CONVERGED);
        for (int turn = 0; turn < near.length; turn++) {
            int[] order = new int[near.length];
            for (int i = 0; i < order.length; i++) {
                order[i] = (3 * i + turn) % near.length;
            }
            FineGrayFit fit = model.fit(rows(
                            LawRows.pick(near, order),
                            IntStream.of(order).map(i -> status[i]).toArray(),
                            LawRows.pick(x, order))
                    .build());
            LawRows.same(fit, expected, 1e-13);
        }
    }
}
