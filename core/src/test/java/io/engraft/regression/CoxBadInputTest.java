package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FitStatus;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Covariates and rows that a Cox or a Fine-Gray model cannot use, by what is said of them. */
class CoxBadInputTest {

    private static final int N = 90;

    private final LawRows drawn = new LawRows(N, 2, 7);
    private final SurvivalData data = drawn.of(drawn.all()).build();

    private static CoxModel cox(String... terms) {
        return CoxModel.withDefaults().withCovariates(terms);
    }

    private static FineGrayModel grey(String... terms) {
        return FineGrayModel.withDefaults().withCause(1).withCovariates(terms);
    }

    private static void bad(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call).isInstanceOf(InvalidArgumentException.class).hasMessageContainingAll(parts);
    }

    private static void badData(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call).isInstanceOf(InvalidDataException.class).hasMessageContainingAll(parts);
    }

    /** A column that adds nothing is named, and the fit is that without it. */
    private void isLeftOut(String name, double... values) {
        SurvivalData with = data.withCovariate(name, values);
        for (RegressionFit fit : List.of(
                cox("age", "dose", name).fit(with), grey("age", "dose", name).fit(with))) {
            RegressionFit without = fit instanceof CoxFit
                    ? cox("age", "dose").fit(data)
                    : grey("age", "dose").fit(data);
            assertThat(fit.status()).isEqualTo(FitStatus.RANK_DEFICIENT);
            assertThat(fit.statusReason())
                    .isEqualTo("left out as constant or a combination of the covariates before, among those at risk: "
                            + name);
            assertThat(fit.coefficient(name).value().isEstimable()).isFalse();
            assertThat(fit.coefficient(name).value().reason()).startsWith(name + " was left out");
            assertThat(fit.coefficient(name).stdError()).isEmpty();
            assertThat(fit.estimated()).isEqualTo(2);
            assertThat(fit.logLikelihood()).isCloseTo(without.logLikelihood(), within(1e-10));
            for (String kept : List.of("age", "dose")) {
                Coefficient a = fit.coefficient(kept);
                Coefficient b = without.coefficient(kept);
                assertThat(a.value().estimate()).isCloseTo(b.value().estimate(), within(1e-11));
                assertThat(a.stdError().orElseThrow()).isCloseTo(b.stdError().orElseThrow(), within(1e-11));
            }
        }
    }

    @Test
    void columnsThatAddNothingAreNamed() {
        double[] five = new double[N];
        Arrays.fill(five, 5);
        isLeftOut("constant", five);
        Arrays.fill(five, 1e-300);
        isLeftOut("constant", five);
        Arrays.fill(five, 1e300);
        isLeftOut("constant", five);
        isLeftOut("again", drawn.age);
        isLeftOut("far", Arrays.stream(drawn.age).map(v -> v + 1e7).toArray());
        isLeftOut(
                "sum",
                IntStream.range(0, N)
                        .mapToDouble(i -> 3 * drawn.age[i] - 100 * drawn.dose[i] + 1e7)
                        .toArray());
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e300, 1e-300, 1e160, 1e-160, -1e300})
    void magnitudesWithoutSquaresAreRefused(double unit) {
        SurvivalData wild = data.withCovariate(
                "x", Arrays.stream(drawn.age).map(v -> unit * v).toArray());
        for (ThrowingCallable fit : List.<ThrowingCallable>of(
                () -> cox("age", "x").fit(wild),
                () -> grey("x").fit(wild),
                () -> AftModel.of(AftDistribution.WEIBULL).withCovariates("x").fit(wild))) {
            badData(fit, "the values of 'x' are between", "allowed: a standard deviation between 1.0E-140 and 1.0E140");
        }
        // With a unit of which they have, it is the same fit.
        double tame = unit < 1 ? Math.abs(unit) < 1e-200 ? 1e-120 : 1e-130 : 1e120;
        CoxFit fit = cox("x").fit(data.withCovariate(
                "x", Arrays.stream(drawn.age).map(v -> tame * v).toArray()));
        Coefficient plain = cox("age").fit(data).coefficient("age");
        assertThat(fit.status()).isEqualTo(FitStatus.CONVERGED);
        Coefficient c = fit.coefficient("x");
        assertThat(tame * c.value().estimate()).isCloseTo(plain.value().estimate(), within(1e-12));
        assertThat(tame * c.stdError().orElseThrow()).isCloseTo(plain.stdError().orElseThrow(), within(1e-12));
        assertThat(c.pValue().orElseThrow()).isCloseTo(plain.pValue().orElseThrow(), within(1e-11));
        assertThat(fit.wald().statistic()).isCloseTo(cox("age").fit(data).wald().statistic(), within(1e-10));
    }

    @Test
    void oneValueThatIsNoneIsLookedFor() {
        double[] one = drawn.age.clone();
        one[17] = 1e300;
        badData(
                () -> cox("x").fit(data.withCovariate("x", one)),
                "the values of 'x' are between 1",
                "and 1.0E300",
                "look for values that are none");
        badData(
                () -> data.withCovariate(
                        "x",
                        Arrays.stream(drawn.age)
                                .map(v -> v > 50 ? Double.POSITIVE_INFINITY : v)
                                .toArray()),
                "column 'x', value 'Infinity': allowed: a finite number");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-41, 1e41, 1e300})
    void weightsWithoutSquaresAreRefused(double weight) {
        double[] weights = new double[N];
        Arrays.fill(weights, 1);
        weights[4] = weight;
        SurvivalData weighted =
                drawn.of(drawn.all()).weights(weights, WeightType.SAMPLING).build();
        badData(() -> cox("age").fit(weighted), "row 5, column 'weight'", "allowed: 0, or 1.0E-40 to 1.0E40");
        badData(() -> grey("age").fit(weighted), "row 5, column 'weight'");
    }

    @Test
    void theUnitOfSamplingWeightsIsFree() {
        double[] one = new double[N];
        Arrays.fill(one, 1);
        double[] small = new double[N];
        Arrays.fill(small, 1e-39);
        double[] large = new double[N];
        Arrays.fill(large, 1e39);
        CoxFit plain = cox("age")
                .fit(drawn.of(drawn.all()).weights(one, WeightType.SAMPLING).build());
        for (double[] weights : new double[][] {small, large}) {
            CoxFit fit = cox("age")
                    .fit(drawn.of(drawn.all())
                            .weights(weights, WeightType.SAMPLING)
                            .build());
            assertThat(fit.status()).isEqualTo(FitStatus.CONVERGED);
            Coefficient a = fit.coefficient("age");
            Coefficient b = plain.coefficient("age");
            assertThat(a.value().estimate()).isCloseTo(b.value().estimate(), within(1e-12));
            assertThat(a.robustStdError().orElseThrow())
                    .isCloseTo(b.robustStdError().orElseThrow(), within(1e-12));
        }
    }

    /** One event among n says as much as a choice of one out of n; more coefficients than events are too many. */
    @Test
    void fewEvents() {
        double[] time = {1, 2, 3, 4, 5, 6};
        double[] x = {1, 0, 2, 1, 3, 0};
        double[] y = {4, 1, 0, 2, 2, 1};
        double[] z = {0, 1, 1, 0, 1, 1};
        int[] one = {0, 0, 1, 0, 0, 0};
        SurvivalData.Builder rows = SurvivalData.builder(time, one)
                .covariate("x", x)
                .covariate("y", y)
                .covariate("z", z);
        CoxFit fit = cox("x").fit(rows.build());
        assertThat(fit.status()).isEqualTo(FitStatus.CONVERGED);
        // Rows 3 to 6 are at risk, with x = 2, 1, 3, 0: the mean of x by exp(beta x) is 2.
        double r = Math.exp(fit.coefficient("x").value().estimate());
        double sum = 1 + r + r * r + r * r * r;
        assertThat((r + 2 * r * r + 3 * r * r * r) / sum).isCloseTo(2, within(1e-10));
        CoxFit many = cox("x", "y", "z").fit(rows.build());
        assertThat(many.status()).isEqualTo(FitStatus.MONOTONE_LIKELIHOOD);
        assertThat(many.statusReason()).contains("run away").contains("Firth's penalty");
        assertThat(many.coefficients()).allMatch(c -> c.stdError().isEmpty());
        SurvivalData alone = SurvivalData.builder(new double[] {1}, new int[] {1})
                .covariate("x", new double[] {3})
                .build();
        assertThat(cox("x").fit(alone).status()).isEqualTo(FitStatus.RANK_DEFICIENT);
    }

    @Test
    void aNewLevelIsNamedWithThoseThatAreKnown() {
        Categories phase = Categories.of(
                IntStream.range(0, N).mapToObj(i -> "phase " + i % 3).toList());
        SurvivalData with = data.withCovariate("phase", phase);
        CovariateProfile profile = CovariateProfile.empty().with("phase", "phase 7");
        CoxFit fit = cox("phase").fit(with);
        FineGrayFit other = grey("phase").fit(with);
        String known = "covariate phase is phase 7; allowed: one of [phase 0, phase 1, phase 2]";
        bad(() -> fit.predict(profile), known);
        bad(() -> other.predict(profile), known);
        bad(() -> fit.contrast(profile, CovariateProfile.empty().with("phase", "phase 0")), known);
        bad(() -> fit.predict(CovariateProfile.empty()), "covariate phase is not given");
    }

    @Test
    void clustersThatCrossStrataAreCounted() {
        Categories clusters =
                Categories.of(IntStream.range(0, N).mapToObj(i -> "k" + i / 2).toList());
        SurvivalData crossing = drawn.of(drawn.all())
                .strata(drawn.centres(drawn.all()))
                .cluster(clusters)
                .build();
        long expected = IntStream.range(0, N / 2)
                .filter(c -> !drawn.centre[2 * c].equals(drawn.centre[2 * c + 1]))
                .count();
        assertThat(expected).isBetween(10L, 40L);
        String said = expected + " of 45 clusters have rows in several strata: the influences of all rows of a cluster"
                + " add up";
        assertThat(cox("age").fit(crossing).conventions()).containsEntry("acrossStrata", said);
        assertThat(grey("age").fit(crossing).conventions()).containsEntry("acrossStrata", said);
        SurvivalData within = drawn.of(drawn.all())
                .strata(drawn.centres(drawn.all()))
                .cluster(drawn.centres(drawn.all()))
                .build();
        assertThat(cox("age").fit(within).conventions()).doesNotContainKey("acrossStrata");
        // The sandwich by its definition.
        CoxFit fit = cox("age").fit(crossing);
        double[][] score = fit.residuals().score();
        double v = fit.modelCovariance()[0][0];
        double sum = 0;
        for (int c = 0; c < N / 2; c++) {
            double both = v * (score[2 * c][0] + score[2 * c + 1][0]);
            sum += both * both;
        }
        assertThat(fit.covariance()[0][0]).isCloseTo(sum, within(1e-12 * sum));
    }

    private static SurvivalData.Builder twoRows(double[] entry, int... status) {
        return SurvivalData.builder(new double[] {5, 8, 9}, status)
                .entry(entry)
                .covariate("x", new double[] {0, 1, 1})
                .id(Categories.of(List.of("a", "a", "b")));
    }

    @Test
    void rowsThatNoPatientCanHaveAreRefused() {
        badData(
                () -> cox("x").fit(twoRows(new double[] {0, 3, 0}, 0, 1, 1).build()),
                "row 2, column 'entry', value '3.0': patient 'a' is under observation to 5.0 in row 1");
        badData(
                () -> cox("x").fit(twoRows(new double[] {0, 5, 0}, 1, 0, 1).build()),
                "patient 'a' had the event (code 1) at 5.0 in row 1");
        SurvivalData recurrent =
                twoRows(new double[] {0, 5, 0}, 1, 1, 0).recurrent().build();
        bad(
                () -> grey("x").fit(recurrent),
                "patient with rows after an event is 'a'",
                "the incidence is that of what comes first");
        assertThat(cox("x").fit(recurrent).conventions()).containsEntry("variance", "robust, by id");
    }
}
