package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FitStatus;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.NotEstimableException;
import io.engraft.curve.IncidenceFunction;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.data.WeightType;
import io.engraft.estimate.AalenJohansen;
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
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of every Fine-Gray model, and inputs that break it. */
class FineGrayLawsTest {

    private static final int N = 120;

    private final LawRows drawn = new LawRows(N, 2, 8);
    private final double[] time = drawn.time;
    private final double[] entry = drawn.entry;
    private final int[] status = drawn.status;
    private final double[] age = drawn.age;
    private final double[] dose = drawn.dose;
    private final double[] weight = drawn.weight;

    private static FineGrayModel model(CoxTies ties) {
        return FineGrayModel.withDefaults()
                .withCause(1)
                .withCovariates("age", "dose")
                .withTies(ties);
    }

    private static CovariateProfile patient() {
        return CovariateProfile.empty().with("age", 35).with("dose", 1);
    }

    private static void sameCurve(PredictedIncidence a, PredictedIncidence b, double tolerance) {
        for (double t : new double[] {2, 9, 21}) {
            double f = b.incidenceAt(t).estimate();
            double error = b.incidenceAt(t).standardError().orElse(0);
            assertThat(a.incidenceAt(t).estimate()).isCloseTo(f, within(tolerance));
            assertThat(a.incidenceAt(t).standardError().orElse(0)).isCloseTo(error, within(tolerance));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = CoxTies.class,
            names = {"EFRON", "BRESLOW"})
    void withoutOtherCausesItIsCoxsModelBitForBit(CoxTies ties) {
        int[] rows = IntStream.range(0, N).filter(i -> status[i] < 2).toArray();
        SurvivalData data = drawn.of(rows).strata(drawn.centres(rows)).build();
        FineGrayFit fit = model(ties).fit(data);
        CoxFit cox = CoxModel.withDefaults()
                .withCovariates("age", "dose")
                .withTies(ties)
                .withRobustVariance()
                .fit(data);
        LawRows.same(fit, cox, 0);
        assertThat(fit.covariance()).isDeepEqualTo(cox.covariance());
        assertThat(fit.conventions())
                .containsEntry("riskAfterAnotherCause", "no row has another cause, so this is Cox's model");
        double s = cox.predict(patient(), "c1").survivalAt(9).estimate();
        assertThat(fit.predict(patient(), "c1").incidenceAt(9).estimate()).isCloseTo(1 - s, within(1e-15));
    }

    @ParameterizedTest
    @EnumSource(
            value = CoxTies.class,
            names = {"EFRON", "BRESLOW"})
    void aFrequencyIsRepeatedRows(CoxTies ties) {
        int[] repeated = IntStream.range(0, N)
                .flatMap(i -> IntStream.generate(() -> i).limit((long) weight[i]))
                .toArray();
        FineGrayFit weighted = model(ties)
                .fit(drawn.of(drawn.all()).weights(weight, WeightType.FREQUENCY).build());
        FineGrayFit rows = model(ties).fit(drawn.of(repeated).build());
        LawRows.same(weighted, rows, 1e-11);
        sameCurve(weighted.predict(patient()), rows.predict(patient()), 1e-12);
    }

    @ParameterizedTest
    @EnumSource(
            value = CoxTies.class,
            names = {"EFRON", "BRESLOW"})
    void anyOrderOfRowsGivesTheSameBits(CoxTies ties) {
        List<Integer> shuffled =
                new ArrayList<>(Arrays.stream(drawn.all()).boxed().toList());
        Collections.shuffle(shuffled, new Random(3));
        int[] rows = shuffled.stream().mapToInt(i -> i).toArray();
        FineGrayFit a = model(ties)
                .fit(drawn.of(drawn.all()).strata(drawn.centres(drawn.all())).build());
        FineGrayFit b =
                model(ties).fit(drawn.of(rows).strata(drawn.centres(rows)).build());
        assertThat(b.toString()).isEqualTo(a.toString());
        assertThat(b.covariance()).isDeepEqualTo(a.covariance());
        assertThat(b.modelCovariance()).isDeepEqualTo(a.modelCovariance());
        sameCurve(b.predict(patient(), "c0"), a.predict(patient(), "c0"), 0);
    }

    @ParameterizedTest
    @EnumSource(
            value = CoxTies.class,
            names = {"EFRON", "BRESLOW"})
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
    @EnumSource(
            value = CoxTies.class,
            names = {"EFRON", "BRESLOW"})
    void aRowCutInTwoChangesNothing(CoxTies ties) {
        int[] twice = IntStream.range(0, 2 * N).map(i -> i / 2).toArray();
        double[] from = new double[2 * N];
        double[] to = new double[2 * N];
        int[] end = new int[2 * N];
        String[] id = new String[2 * N];
        for (int k = 0; k < 2 * N; k++) {
            int i = k / 2;
            double at = Math.floor(0.5 * (entry[i] + time[i])) + 0.5;
            at = at < time[i] && at > entry[i] ? at : 0.5 * (entry[i] + time[i]);
            from[k] = k % 2 == 0 ? entry[i] : at;
            to[k] = k % 2 == 0 ? at : time[i];
            end[k] = k % 2 == 0 ? 0 : status[i];
            id[k] = "p" + i;
        }
        SurvivalData cut = SurvivalData.builder(to, end)
                .entry(from)
                .id(Categories.of(List.of(id)))
                .covariate("age", LawRows.pick(age, twice))
                .covariate("dose", LawRows.pick(dose, twice))
                .build();
        for (FineGrayModel model : List.of(model(ties), model(ties).withEventsBeforeCensorings())) {
            FineGrayFit a = model.fit(cut);
            FineGrayFit b = model.fit(drawn.of(drawn.all()).build());
            LawRows.same(a, b, 1e-11);
            sameCurve(a.predict(patient()), b.predict(patient()), 1e-12);
        }
    }

    /** Weights by stratum: the pseudo-likelihood is the sum of those of the strata on their own. */
    @Test
    void fg_strataWeights() {
        double[] theta = {0.2, -0.1};
        double sum = 0;
        for (String c : List.of("c0", "c1")) {
            int[] rows =
                    IntStream.range(0, N).filter(i -> drawn.centre[i].equals(c)).toArray();
            sum += likelihood(drawn.of(rows).build(), drawn.of(drawn.all()).build(), CoxTies.BRESLOW)
                    .at(theta)
                    .value();
        }
        PartialLikelihood whole = likelihood(
                drawn.of(drawn.all()).strata(drawn.centres(drawn.all())).build(),
                drawn.of(drawn.all()).build(),
                CoxTies.BRESLOW);
        assertThat(whole.at(theta).value()).isCloseTo(sum, within(1e-10));
    }

    /** Of some rows, with columns scaled as those of all. */
    private PartialLikelihood likelihood(SurvivalData data, SurvivalData scaled, CoxTies ties) {
        RiskRows risk = RiskRows.ofSubdistribution(data, 1, TieRule.DEFAULT, false);
        double[] offset = new double[data.size()];
        var own = Terms.of("age", "dose").design(data);
        var common = Terms.of("age", "dose").design(scaled);
        for (int i = 0; i < data.size(); i++) {
            for (int j = 0; j < 2; j++) {
                double raw = own.x[i * 2 + j] * own.scale[j] + own.mean[j];
                own.x[i * 2 + j] = (raw - common.mean[j]) / common.scale[j];
            }
        }
        return new PartialLikelihood(risk, own, offset, ties.method());
    }

    @ParameterizedTest
    @EnumSource(
            value = CoxTies.class,
            names = {"EFRON", "BRESLOW"})
    void derivativesAreThoseOfThePseudoLikelihood(CoxTies ties) {
        SurvivalData data = drawn.of(drawn.all())
                .strata(drawn.centres(drawn.all()))
                .weights(weight, WeightType.SAMPLING)
                .build();
        PartialLikelihood likelihood = likelihood(data, data, ties);
        drawn.requireDerivatives(likelihood, true);
    }

    /** Geskus 2011: with these weights the product limit of the subdistribution is Aalen and Johansen's estimate. */
    @Test
    void withoutCovariatesTheProductLimitIsAalenJohansens() {
        SurvivalData data = FineGrayGoldenTest.data("fine", "entry");
        PredictedIncidence curve = FineGrayModel.withDefaults()
                .withCause(1)
                .withEventsBeforeCensorings()
                .fit(data)
                .predict(CovariateProfile.empty());
        IncidenceFunction plain = AalenJohansen.withDefaults()
                .fit(data)
                .asMap()
                .values()
                .iterator()
                .next()
                .incidence(1);
        double stay = 1;
        double before = 0;
        for (double t : curve.jumpTimes()) {
            double hazard = -Math.log1p(-curve.incidenceAt(t).estimate());
            stay *= 1 - (hazard - before);
            before = hazard;
            assertThat(1 - stay).isCloseTo(plain.incidenceAt(t).estimate(), within(1e-12));
        }
        assertThat(1 - stay).isGreaterThan(0.3);
    }

    /** The sandwich by its definition, row by row and time by time, with delayed entry. */
    @Test
    void theSandwichIsThatOfTheDefinition() {
        FineGrayFit fit = model(CoxTies.BRESLOW).fit(drawn.of(drawn.all()).build());
        double[] b = fit.coefficients().stream()
                .mapToDouble(c -> c.value().estimate())
                .toArray();
        double[][] score = new NaiveFineGray(time, entry, status, new double[][] {age, dose}, b).scores();
        double[][] v = fit.modelCovariance();
        for (int j = 0; j < 2; j++) {
            double sum = 0;
            for (double[] row : score) {
                double influence = v[j][0] * row[0] + v[j][1] * row[1];
                sum += influence * influence;
            }
            assertThat(fit.covariance()[j][j]).isCloseTo(sum, within(1e-10 * sum));
        }
    }

    /** Errors of coefficients and of predictions are near those of the jackknife, which takes everything in. */
    @ParameterizedTest
    @ValueSource(strings = {"plain", "entry", "strata"})
    void errorsAreNearTheJackknifes(String option) {
        SurvivalData data = FineGrayGoldenTest.data("weeks", option);
        FineGrayModel model = FineGrayModel.withDefaults().withCause(1).withCovariates("x1", "x2");
        double[] full = numbers(model.fit(data));
        double[] sum = new double[full.length];
        int n = data.size();
        for (int out = 0; out < n; out++) {
            int gone = out;
            double[] part = numbers(model.fit(data.where(i -> i != gone)));
            for (int j = 0; j < sum.length; j++) {
                sum[j] += (part[j] - full[j]) * (part[j] - full[j]);
            }
        }
        FineGrayFit fit = model.fit(data);
        PredictedIncidence curve = curve(fit);
        double[] errors = {
            fit.coefficient("x1").value().standardError().getAsDouble(),
            fit.coefficient("x2").value().standardError().getAsDouble(),
            curve.incidenceAt(12).standardError().getAsDouble(),
            curve.incidenceAt(30).standardError().getAsDouble()
        };
        for (int j = 0; j < errors.length; j++) {
            double jackknife = Math.sqrt(sum[j]);
            assertThat(errors[j]).as(option + j).isCloseTo(jackknife, within(0.04 * jackknife));
        }
    }

    private static PredictedIncidence curve(FineGrayFit fit) {
        CovariateProfile profile = CovariateProfile.empty().with("x1", 0.5).with("x2", 1);
        return fit.strata().isEmpty() ? fit.predict(profile) : fit.predict(profile, "u");
    }

    private static double[] numbers(FineGrayFit fit) {
        double[] f = curve(fit).incidenceValues(new double[] {12, 30});
        return new double[] {
            fit.coefficient("x1").value().estimate(),
            fit.coefficient("x2").value().estimate(),
            f[0],
            f[1]
        };
    }

    @Test
    void clustersOfRowsOnTheirOwnAreRows() {
        String[] own = IntStream.range(0, N).mapToObj(i -> "k" + i).toArray(String[]::new);
        FineGrayFit a = model(CoxTies.BRESLOW)
                .fit(drawn.of(drawn.all()).cluster(Categories.of(List.of(own))).build());
        LawRows.same(a, model(CoxTies.BRESLOW).fit(drawn.of(drawn.all()).build()), 1e-12);
    }

    @Test
    void clustersAddTheInfluencesOfTheirRows() {
        String[] label = IntStream.range(0, N).mapToObj(i -> "k" + i % 30).toArray(String[]::new);
        FineGrayFit fit = model(CoxTies.BRESLOW)
                .fit(drawn.of(drawn.all())
                        .cluster(Categories.of(List.of(label)))
                        .build());
        double[] b = fit.coefficients().stream()
                .mapToDouble(c -> c.value().estimate())
                .toArray();
        double[][] score = new NaiveFineGray(time, entry, status, new double[][] {age, dose}, b).scores();
        double[][] v = fit.modelCovariance();
        double sum = 0;
        for (int c = 0; c < 30; c++) {
            double influence = 0;
            for (int i = c; i < N; i += 30) {
                influence += v[1][0] * score[i][0] + v[1][1] * score[i][1];
            }
            sum += influence * influence;
        }
        assertThat(fit.covariance()[1][1]).isCloseTo(sum, within(1e-10 * sum));
        assertThat(fit.warnings()).singleElement().asString().contains("30 clusters");
    }

    @Test
    void theUnitOfSamplingWeightsSaysNothing() {
        double[] three = new double[N];
        Arrays.fill(three, 3);
        FineGrayFit a = model(CoxTies.BRESLOW)
                .fit(drawn.of(drawn.all()).weights(three, WeightType.SAMPLING).build());
        FineGrayFit b = model(CoxTies.BRESLOW).fit(drawn.of(drawn.all()).build());
        for (int j = 0; j < 2; j++) {
            double v = b.covariance()[j][j];
            assertThat(a.covariance()[j][j]).isCloseTo(v, within(1e-11 * v));
        }
        sameCurve(a.predict(patient()), b.predict(patient()), 1e-12);
    }

    @Test
    void theJointCovarianceHoldsTheErrors() {
        FineGrayFit fit = model(CoxTies.BRESLOW).fit(drawn.of(drawn.all()).build());
        PredictedIncidence a = fit.predict(patient());
        PredictedIncidence b = fit.predict(patient().with("dose", 3));
        double[][] v = fit.incidenceCovariance(List.of(a, b), 9, 21, 99);
        assertThat(Math.sqrt(v[1][1]))
                .isCloseTo(a.incidenceAt(21).standardError().getAsDouble(), within(1e-14));
        assertThat(Math.sqrt(v[3][3]))
                .isCloseTo(b.incidenceAt(9).standardError().getAsDouble(), within(1e-14));
        assertThat(v[2][0]).isNaN();
        FineGrayFit other = model(CoxTies.EFRON).fit(drawn.of(drawn.all()).build());
        assertThatThrownBy(() -> other.incidenceCovariance(List.of(a), 9))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("another fit");
    }

    @Test
    void aCurveEndsWithFollowUpAndWarnsOfExtrapolation() {
        PredictedIncidence curve = model(CoxTies.BRESLOW)
                .fit(drawn.of(drawn.all()).build())
                .predict(patient().with("age", 99));
        assertThat(curve.incidenceAt(curve.horizon()).isEstimable()).isTrue();
        assertThat(curve.incidenceAt(curve.horizon() + 1).reason()).contains("follow-up ends at 30");
        assertThat(curve.incidenceAt(0).estimate()).isZero();
        assertThat(curve.incidenceAt(0).interval().isEstimable()).isFalse();
        assertThat(curve.warnings()).singleElement().asString().contains("covariate age is 99");
        assertThat(curve.tidy().rowCount()).isEqualTo(curve.jumpTimes().length);
        assertThatThrownBy(() -> curve.incidenceAt(-1)).isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void intervalsAreLogLogOfTheIncidence() {
        PredictedIncidence curve =
                model(CoxTies.BRESLOW).fit(drawn.of(drawn.all()).build()).predict(patient());
        double f = curve.incidenceAt(9).estimate();
        double se = curve.incidenceAt(9).standardError().getAsDouble();
        double power = Math.exp(1.959963984540054 * se / (f * Math.log(f)));
        assertThat(curve.incidenceAt(9).interval().upper().getAsDouble()).isCloseTo(Math.pow(f, power), within(1e-12));
        assertThat(curve.incidenceAt(9).interval().lower().getAsDouble())
                .isCloseTo(Math.pow(f, 1 / power), within(1e-12));
    }

    @Test
    void incidencesThatAddToMoreThanOneAreCounted() {
        SurvivalData data = FineGrayGoldenTest.data("fine", "plain");
        FineGrayModel model = FineGrayModel.withDefaults().withCovariates("x1");
        List<FineGrayFit> fits =
                List.of(model.withCause(1).fit(data), model.withCause(2).fit(data));
        double[] x1 = data.numericCovariate("x1");
        int above = 0;
        for (double x : x1) {
            double sum = 0;
            for (FineGrayFit fit : fits) {
                sum += fit.predict(CovariateProfile.empty().with("x1", x))
                        .incidenceAt(29)
                        .estimate();
            }
            above += sum > 1 ? 1 : 0;
        }
        FineGrayFit.TotalIncidence total = FineGrayFit.totalIncidence(fits, data, 29);
        assertThat(total.above()).isEqualTo(above).isPositive().isLessThan(250);
        assertThat(total.share()).isEqualTo(above / 250.0);
        assertThat(total.warning().orElseThrow()).contains("add to more than 1 for " + above + " of 250 patients");
        assertThat(FineGrayFit.totalIncidence(fits, data, 1).warning()).isEmpty();
        assertThatThrownBy(() -> FineGrayFit.totalIncidence(List.of(fits.get(0), fits.get(0)), data, 5))
                .hasMessageContaining("two or more, each once");
        assertThatThrownBy(() -> FineGrayFit.totalIncidence(fits, data, 131)).hasMessageContaining("at most ");
    }

    @Test
    void weightsThatComeToNothingLeaveTheRowsOut() {
        // All who are at risk at 3 are censored there; whoever had another cause before is no longer in the risk set.
        double[] t = {1, 2, 3, 5, 6, 7, 8, 9};
        int[] s = {1, 2, 0, 1, 0, 1, 2, 1};
        double[] from = {0, 0, 0, 3.5, 3.5, 3.5, 3.5, 3.5};
        double[] x = {1, 300, 0, 1, 0, 0, 1, 0.5};
        FineGrayModel model = FineGrayModel.withDefaults().withCause(1).withCovariates("x");
        assertThatThrownBy(() -> model.fit(
                        SurvivalData.builder(t, s).entry(from).covariate("x", x).build()))
                .isInstanceOf(NotEstimableException.class)
                .hasMessageContaining("the weights at time 5")
                .hasMessageContaining("had just entered");
        from[4] = 2.5;
        FineGrayFit fit = model.fit(
                SurvivalData.builder(t, s).entry(from).covariate("x", x).build());
        assertThat(fit.status()).isNotEqualTo(FitStatus.FAILED);
    }

    @Test
    void theLastCensoringMayLeaveNobody() {
        double[] t = {1, 2, 3, 4, 5, 5};
        int[] s = {1, 2, 1, 1, 0, 0};
        double[] x = {0, 1, 1, 0, 1, 0};
        FineGrayFit fit = FineGrayModel.withDefaults()
                .withCause(1)
                .withCovariates("x")
                .fit(SurvivalData.builder(t, s).covariate("x", x).build());
        assertThat(fit.status()).isEqualTo(FitStatus.CONVERGED);
        assertThat(fit.coefficient("x").value().standardError().getAsDouble()).isFinite();
    }

    @Test
    void badInputIsNamed() {
        SurvivalData data = drawn.of(drawn.all()).build();
        FineGrayModel none = FineGrayModel.withDefaults().withCovariates("age");
        assertThatThrownBy(() -> none.fit(data))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("the cause is not chosen");
        assertThatThrownBy(() -> none.withCause(3).fit(data)).hasMessageContaining("cause is 3; allowed: 1 or 2");
        assertThatThrownBy(() -> none.withCause("thirst").fit(data)).hasMessageContaining("thirst");
        assertThatThrownBy(() -> none.withCause(1).withCovariates("weight").fit(data))
                .hasMessageContaining("weight");
        assertThatThrownBy(() -> none.withTies(CoxTies.EXACT)).hasMessageContaining("Breslow or Efron");
        SurvivalData censored = SurvivalData.builder(new double[] {1, 2}, new int[] {0, 0})
                .causes(List.of("relapse", "death"))
                .covariate("age", new double[] {1, 2})
                .build();
        assertThatThrownBy(() -> none.withCause("death").fit(censored))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("no events of cause death among 2 rows");
        SurvivalData again = SurvivalData.builder(new double[] {1, 2, 3}, new int[] {1, 0, 2})
                .entry(new double[] {0, 1, 0})
                .id(Categories.of(List.of("a", "a", "b")))
                .recurrent()
                .covariate("age", new double[] {1, 2, 3})
                .build();
        assertThatThrownBy(() -> none.withCause(1).fit(again))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("patient with rows after an event is 'a'");
    }

    @Test
    void separationAndSilentColumnsAreNamed() {
        double[] apart = Arrays.stream(status).mapToDouble(s -> s == 1 ? 1 : 0).toArray();
        FineGrayFit fit = FineGrayModel.withDefaults()
                .withCause(1)
                .withCovariates("age", "apart")
                .fit(drawn.of(drawn.all()).build().withCovariate("apart", apart));
        assertThat(fit.status()).isEqualTo(FitStatus.MONOTONE_LIKELIHOOD);
        assertThat(fit.statusReason()).contains("run away: apart;");
        assertThat(fit.coefficient("apart").robustStdError()).isEmpty();
        assertThat(fit.predict(CovariateProfile.empty().with("age", 40).with("apart", 0))
                        .incidenceAt(9)
                        .interval()
                        .isEstimable())
                .isFalse();
        double[] twice = Arrays.stream(age).map(a -> 2 * a + 1e7).toArray();
        FineGrayFit deficient = FineGrayModel.withDefaults()
                .withCause(1)
                .withCovariates("age", "twice", "dose")
                .fit(drawn.of(drawn.all()).build().withCovariate("twice", twice));
        assertThat(deficient.status()).isEqualTo(FitStatus.RANK_DEFICIENT);
        assertThat(deficient.statusReason()).endsWith("twice");
        assertThat(deficient.wald().degreesOfFreedom()).isEqualTo(2);
    }

    @Test
    void theTextSaysPseudoAndWhatARatioIsNot() {
        FineGrayFit fit = model(CoxTies.BRESLOW).fit(drawn.of(drawn.all()).build());
        assertThat(fit.toString())
                .startsWith("Fine-Gray model of ")
                .contains("pseudo log-likelihood")
                .doesNotContain("AIC");
        assertThat(fit.conventions().get("ratio")).contains("neither a ratio of incidences nor one of rates");
        assertThat(fit.conventions())
                .containsEntry("variance", "robust, by row, with the part of the estimated weights");
        assertThat(fit.pseudoLikelihoodRatio().degreesOfFreedom()).isEqualTo(2);
        assertThat(fit.score().pValue()).isBetween(0.0, 1.0);
        assertThat(fit.robustScore().pValue()).isBetween(0.0, 1.0);
    }
}
