package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FitStatus;
import io.engraft.InvalidDataException;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.data.WeightType;
import io.engraft.regression.internal.Objective;
import io.engraft.regression.internal.risk.PartialLikelihood;
import io.engraft.regression.internal.risk.RiskRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds of every Cox model, and inputs that broke others. */
class CoxLawsTest {

    private static final int N = 90;

    private final double[] time = new double[N];
    private final double[] entry = new double[N];
    private final int[] status = new int[N];
    private final double[] age = new double[N];
    private final double[] dose = new double[N];
    private final double[] weight = new double[N];
    private final String[] centre = new String[N];

    CoxLawsTest() {
        Random random = new Random(7);
        for (int i = 0; i < N; i++) {
            time[i] = 1 + random.nextInt(30);
            entry[i] = random.nextInt(3) == 0 ? Math.floor(time[i] * random.nextDouble()) : 0;
            status[i] = random.nextInt(3) > 0 ? 1 : 0;
            age[i] = random.nextGaussian() * 10 + 40;
            dose[i] = random.nextInt(4);
            weight[i] = random.nextInt(3);
            centre[i] = "c" + random.nextInt(2);
        }
    }

    private SurvivalData.Builder of(int[] rows) {
        return SurvivalData.builder(
                        IntStream.of(rows).mapToDouble(i -> time[i]).toArray(),
                        IntStream.of(rows).map(i -> status[i]).toArray())
                .entry(IntStream.of(rows).mapToDouble(i -> entry[i]).toArray())
                .covariate("age", IntStream.of(rows).mapToDouble(i -> age[i]).toArray())
                .covariate("dose", IntStream.of(rows).mapToDouble(i -> dose[i]).toArray());
    }

    private Categories centres(int[] rows) {
        return Categories.of(IntStream.of(rows).mapToObj(i -> centre[i]).toList());
    }

    private static int[] all() {
        return IntStream.range(0, N).toArray();
    }

    private static CoxModel model(CoxTies ties) {
        return CoxModel.withDefaults().withCovariates("age", "dose").withTies(ties);
    }

    /** With robust variances, which exact ties do not have. */
    private static CoxModel robust(CoxTies ties) {
        return ties == CoxTies.EXACT ? model(ties) : model(ties).withRobustVariance();
    }

    private static void same(CoxFit a, CoxFit b, double tolerance) {
        assertThat(a.status()).isEqualTo(b.status());
        assertThat(a.logLikelihood()).isCloseTo(b.logLikelihood(), within(tolerance * Math.abs(b.logLikelihood())));
        for (int j = 0; j < a.coefficients().size(); j++) {
            Coefficient x = a.coefficients().get(j);
            Coefficient y = b.coefficients().get(j);
            double size =
                    Math.abs(y.value().estimate()) + y.value().standardError().orElse(0);
            assertThat(x.value().estimate()).isCloseTo(y.value().estimate(), within(tolerance * size));
            assertThat(x.value().standardError().orElse(0))
                    .isCloseTo(y.value().standardError().orElse(0), within(tolerance * size));
        }
    }

    @ParameterizedTest
    @EnumSource(CoxTies.class)
    void aFrequencyIsRepeatedRows(CoxTies ties) {
        int[] repeated = IntStream.range(0, N)
                .flatMap(i -> IntStream.generate(() -> i).limit((long) weight[i]))
                .toArray();
        CoxFit weighted =
                model(ties).fit(of(all()).weights(weight, WeightType.FREQUENCY).build());
        same(weighted, model(ties).fit(of(repeated).build()), 1e-12);
        CoxFit robust =
                robust(ties).fit(of(all()).weights(weight, WeightType.FREQUENCY).build());
        same(robust, robust(ties).fit(of(repeated).build()), 1e-12);
        assertThat(weighted.events())
                .isEqualTo(IntStream.of(repeated).map(i -> status[i]).sum());
    }

    @ParameterizedTest
    @EnumSource(CoxTies.class)
    void anyOrderOfRowsGivesTheSameBits(CoxTies ties) {
        List<Integer> shuffled = new ArrayList<>(Arrays.stream(all()).boxed().toList());
        Collections.shuffle(shuffled, new Random(3));
        int[] rows = shuffled.stream().mapToInt(i -> i).toArray();
        CoxFit a = robust(ties).fit(of(all()).strata(centres(all())).build());
        CoxFit b = robust(ties).fit(of(rows).strata(centres(rows)).build());
        assertThat(b.toString()).isEqualTo(a.toString());
        assertThat(b.covariance()).isDeepEqualTo(a.covariance());
        assertThat(b.logLikelihood()).isEqualTo(a.logLikelihood());
    }

    @ParameterizedTest
    @EnumSource(CoxTies.class)
    void aRowCutInTwoChangesNothing(CoxTies ties) {
        double[] at = new double[N];
        for (int i = 0; i < N; i++) {
            at[i] = 0.5 * (entry[i] + time[i]);
        }
        int[] twice = IntStream.range(0, 2 * N).map(i -> i / 2).toArray();
        double[] from = IntStream.range(0, 2 * N)
                .mapToDouble(k -> k % 2 == 0 ? entry[k / 2] : at[k / 2])
                .toArray();
        double[] to = IntStream.range(0, 2 * N)
                .mapToDouble(k -> k % 2 == 0 ? at[k / 2] : time[k / 2])
                .toArray();
        int[] end = IntStream.range(0, 2 * N)
                .map(k -> k % 2 == 0 ? 0 : status[k / 2])
                .toArray();
        SurvivalData cut = SurvivalData.builder(to, end)
                .entry(from)
                .covariate("age", IntStream.of(twice).mapToDouble(i -> age[i]).toArray())
                .covariate("dose", IntStream.of(twice).mapToDouble(i -> dose[i]).toArray())
                .build();
        same(model(ties).fit(cut), model(ties).fit(of(all()).build()), 1e-12);
    }

    @ParameterizedTest
    @EnumSource(CoxTies.class)
    void oneStratumIsNone(CoxTies ties) {
        String[] one = new String[N];
        Arrays.fill(one, "all");
        same(
                model(ties).fit(of(all()).strata(Categories.of(List.of(one))).build()),
                model(ties).fit(of(all()).build()),
                1e-13);
    }

    @ParameterizedTest
    @EnumSource(CoxTies.class)
    void derivativesAreThoseOfTheLikelihood(CoxTies ties) {
        SurvivalData data = of(all())
                .strata(centres(all()))
                .weights(weight, ties == CoxTies.EXACT ? WeightType.FREQUENCY : WeightType.SAMPLING)
                .build();
        RiskRows risk = RiskRows.of(data, 0, TieRule.DEFAULT);
        PartialLikelihood likelihood =
                new PartialLikelihood(risk, Terms.of("age", "dose").design(data), null, ties.method());
        double[] theta = {0.3, -0.2};
        Objective.Point at = likelihood.at(theta);
        double[] sum = new double[2];
        likelihood.scores(theta, (i, score) -> {
            for (int j = 0; j < 2; j++) {
                sum[j] += weight[i] * score[j];
            }
        });
        for (int j = 0; j < 2; j++) {
            double h = 1e-5;
            double[] up = theta.clone();
            double[] down = theta.clone();
            up[j] += h;
            down[j] -= h;
            Objective.Point above = likelihood.at(up);
            Objective.Point below = likelihood.at(down);
            assertThat((above.value() - below.value()) / (2 * h)).isCloseTo(at.gradient()[j], within(1e-6));
            if (ties != CoxTies.EXACT) {
                assertThat(sum[j]).isCloseTo(at.gradient()[j], within(1e-10));
            }
            for (int k = 0; k < 2; k++) {
                assertThat((above.gradient()[k] - below.gradient()[k]) / (2 * h))
                        .isCloseTo(at.hessian()[k][j], within(1e-5));
            }
        }
    }

    @Test
    void unitsAndLocationsOfCovariatesChangeNothingElse() {
        SurvivalData plain = of(all()).build();
        SurvivalData wild = plain.withCovariate(
                "age", Arrays.stream(age).map(a -> a * 1e8 + 1e10).toArray());
        CoxFit a = model(CoxTies.EFRON).fit(plain);
        CoxFit b = model(CoxTies.EFRON).fit(wild);
        assertThat(b.coefficient("dose").value().estimate())
                .isCloseTo(a.coefficient("dose").value().estimate(), within(1e-10));
        assertThat(b.coefficient("age").value().estimate() * 1e8)
                .isCloseTo(a.coefficient("age").value().estimate(), within(1e-10));
        double[] offset = new double[N];
        Arrays.fill(offset, 700);
        CoxFit c = model(CoxTies.EFRON).withOffset("o").fit(plain.withCovariate("o", offset));
        same(c, a, 1e-12);
    }

    /** A row of huge x whose interval holds no event is at risk nowhere. */
    @Test
    void aRowAtRiskAtNoEventSaysNothing() {
        double[] t = {1, 2, 3, 4, 5, 2.9};
        double[] from = {0, 0, 0, 0, 0, 2.1};
        int[] s = {1, 1, 1, 1, 0, 0};
        double[] x = {1, 0, 1, 0, 1, 500};
        CoxModel model = CoxModel.withDefaults().withCovariates("x");
        CoxFit with = model.fit(
                SurvivalData.builder(t, s).entry(from).covariate("x", x).build());
        CoxFit without = model.fit(SurvivalData.builder(Arrays.copyOf(t, 5), Arrays.copyOf(s, 5))
                .covariate("x", Arrays.copyOf(x, 5))
                .build());
        assertThat(with.coefficient("x").value().estimate())
                .isCloseTo(without.coefficient("x").value().estimate(), within(1e-10));
        assertThat(with.logLikelihood()).isCloseTo(without.logLikelihood(), within(1e-12));
    }

    /** survival's NEWS of 2.36-6; R today gives 4.421. */
    @Test
    void aFlatSecondStepStillFindsTheMaximum() {
        double[] x = new double[40];
        x[0] = 1;
        x[1] = 1;
        x[2] = 1;
        x[4] = 1;
        double[] t = IntStream.rangeClosed(1, 40).mapToDouble(i -> i).toArray();
        int[] s = new int[40];
        Arrays.fill(s, 1);
        CoxFit fit = CoxModel.withDefaults()
                .withCovariates("x")
                .fit(SurvivalData.builder(t, s).covariate("x", x).build());
        assertThat(fit.status()).isEqualTo(FitStatus.CONVERGED);
        assertThat(fit.coefficient("x").value().estimate()).isCloseTo(4.421, within(5e-4));
    }

    @Test
    void separationIsNamedAndHasNoErrors() {
        double[] apart = new double[N];
        for (int i = 0; i < N; i++) {
            apart[i] = status[i];
        }
        SurvivalData data = of(all()).build().withCovariate("apart", apart);
        CoxFit fit = CoxModel.withDefaults().withCovariates("age", "apart").fit(data);
        assertThat(fit.status()).isEqualTo(FitStatus.MONOTONE_LIKELIHOOD);
        assertThat(fit.statusReason()).contains("run away: apart;").doesNotContain("age");
        assertThat(fit.coefficient("apart").stdError()).isEmpty();
        assertThat(fit.coefficient("apart").pValue()).isEmpty();
    }

    @Test
    void whatSaysNothingAmongThoseAtRiskIsLeftOut() {
        SurvivalData data = of(all()).strata(centres(all())).build();
        double[] ofCentre = IntStream.range(0, N)
                .mapToDouble(i -> centre[i].equals("c0") ? 0 : 1)
                .toArray();
        CoxFit fit = CoxModel.withDefaults()
                .withCovariates("age", "constant", "twice", "dose")
                .fit(data.withCovariate("constant", ofCentre)
                        .withCovariate(
                                "twice",
                                Arrays.stream(age).map(a -> 2 * a + 1e7).toArray()));
        assertThat(fit.status()).isEqualTo(FitStatus.RANK_DEFICIENT);
        assertThat(fit.statusReason()).endsWith("constant, twice");
        assertThat(fit.coefficient("dose").value().estimate())
                .isCloseTo(
                        model(CoxTies.EFRON)
                                .fit(data)
                                .coefficient("dose")
                                .value()
                                .estimate(),
                        within(1e-10));
        assertThat(fit.wald().degreesOfFreedom()).isEqualTo(2);
    }

    @Test
    void withoutCovariatesThereIsOnlyALikelihood() {
        CoxFit fit = CoxModel.withDefaults().fit(of(all()).build());
        assertThat(fit.coefficients()).isEmpty();
        assertThat(fit.logLikelihood()).isEqualTo(fit.nullLogLikelihood());
        assertThat(fit.likelihoodRatio().pValue()).isNaN();
    }

    @Test
    void moreEventsThanEfronsSumsCanGoThroughAreRefused() {
        SurvivalData data = SurvivalData.builder(new double[] {1, 2, 3}, new int[] {1, 1, 0})
                .weights(new double[] {1e9, 2e9, 1}, WeightType.FREQUENCY)
                .covariate("x", new double[] {1, 0, 1})
                .build();
        CoxModel model = CoxModel.withDefaults().withCovariates("x");
        assertThatThrownBy(() -> model.fit(data))
                .hasMessageContaining("number of events by their frequencies")
                .hasMessageContaining("ties by Breslow do not");
        CoxFit fit = model.withTies(CoxTies.BRESLOW).fit(data);
        // The score by hand: events at time 1 less what is expected of x = 1 there, against what is at time 2.
        double ratio = Math.exp(fit.coefficient("x").value().estimate());
        double first = 1e9 * 2e9 / ((1e9 + 1) * ratio + 2e9);
        assertThat(2e9 * ratio / (2e9 + ratio)).isCloseTo(first, within(1e-9 * first));
    }

    @Test
    void noEventsAreRefused() {
        SurvivalData data = SurvivalData.builder(new double[] {1, 2}, new int[] {0, 0})
                .covariate("x", new double[] {1, 2})
                .build();
        assertThatThrownBy(() -> CoxModel.withDefaults().withCovariates("x").fit(data))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("there are no events among 2 rows");
    }
}
