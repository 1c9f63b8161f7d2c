package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FitStatus;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.data.WeightType;
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

/** What holds of every Cox model. */
class CoxLawsTest {

    private static final int N = 90;

    private final LawRows drawn = new LawRows(N, 1, 7);
    private final double[] time = drawn.time;
    private final double[] entry = drawn.entry;
    private final int[] status = drawn.status;
    private final double[] age = drawn.age;
    private final double[] dose = drawn.dose;
    private final double[] weight = drawn.weight;

    private static CoxModel model(CoxTies ties) {
        return CoxModel.withDefaults().withCovariates("age", "dose").withTies(ties);
    }

    /** With robust variances, which exact ties do not have. */
    private static CoxModel robust(CoxTies ties) {
        return ties == CoxTies.EXACT ? model(ties) : model(ties).withRobustVariance();
    }

    @ParameterizedTest
    @EnumSource(CoxTies.class)
    void aFrequencyIsRepeatedRows(CoxTies ties) {
        int[] repeated = IntStream.range(0, N)
                .flatMap(i -> IntStream.generate(() -> i).limit((long) weight[i]))
                .toArray();
        CoxFit weighted = model(ties)
                .fit(drawn.of(drawn.all()).weights(weight, WeightType.FREQUENCY).build());
        LawRows.same(weighted, model(ties).fit(drawn.of(repeated).build()), 1e-12);
        CoxFit robust = robust(ties)
                .fit(drawn.of(drawn.all()).weights(weight, WeightType.FREQUENCY).build());
        LawRows.same(robust, robust(ties).fit(drawn.of(repeated).build()), 1e-12);
        assertThat(weighted.events())
                .isEqualTo(IntStream.of(repeated).map(i -> status[i]).sum());
    }

    @ParameterizedTest
    @EnumSource(CoxTies.class)
    void anyOrderOfRowsGivesTheSameBits(CoxTies ties) {
        List<Integer> shuffled =
                new ArrayList<>(Arrays.stream(drawn.all()).boxed().toList());
        Collections.shuffle(shuffled, new Random(3));
        int[] rows = shuffled.stream().mapToInt(i -> i).toArray();
        CoxFit a = robust(ties)
                .fit(drawn.of(drawn.all()).strata(drawn.centres(drawn.all())).build());
        CoxFit b = robust(ties).fit(drawn.of(rows).strata(drawn.centres(rows)).build());
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
        LawRows.same(model(ties).fit(cut), model(ties).fit(drawn.of(drawn.all()).build()), 1e-12);
    }

    @ParameterizedTest
    @EnumSource(CoxTies.class)
    void oneStratumIsNone(CoxTies ties) {
        String[] one = new String[N];
        Arrays.fill(one, "all");
        LawRows.same(
                model(ties)
                        .fit(drawn.of(drawn.all())
                                .strata(Categories.of(List.of(one)))
                                .build()),
                model(ties).fit(drawn.of(drawn.all()).build()),
                1e-13);
    }

    @ParameterizedTest
    @EnumSource(CoxTies.class)
    void derivativesAreThoseOfTheLikelihood(CoxTies ties) {
        SurvivalData data = drawn.of(drawn.all())
                .strata(drawn.centres(drawn.all()))
                .weights(weight, ties == CoxTies.EXACT ? WeightType.FREQUENCY : WeightType.SAMPLING)
                .build();
        RiskRows risk = RiskRows.of(data, 0, TieRule.DEFAULT);
        PartialLikelihood likelihood =
                new PartialLikelihood(risk, Terms.of("age", "dose").design(data), null, ties.method());
        drawn.requireDerivatives(likelihood, ties != CoxTies.EXACT);
    }

    @Test
    void unitsAndLocationsOfCovariatesChangeNothingElse() {
        SurvivalData plain = drawn.of(drawn.all()).build();
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
        LawRows.same(c, a, 1e-12);
    }

    @Test
    void whatSaysNothingAmongThoseAtRiskIsLeftOut() {
        SurvivalData data =
                drawn.of(drawn.all()).strata(drawn.centres(drawn.all())).build();
        double[] ofCentre = IntStream.range(0, N)
                .mapToDouble(i -> drawn.centre[i].equals("c0") ? 0 : 1)
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
        CoxFit fit = CoxModel.withDefaults().fit(drawn.of(drawn.all()).build());
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
}
