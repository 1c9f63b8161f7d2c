package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FitStatus;
import io.engraft.NotEstimableException;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.data.TieRule;
import io.engraft.data.WeightType;
import io.engraft.regression.internal.risk.PartialLikelihood;
import io.engraft.regression.internal.risk.RiskRows;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Linear predictors whose range is more than exp and sums of it hold, against the same fits within that range. */
class WidePredictorsTest {

    private static final int N = 90;
    private static final double[] TIMES = {2, 9, 21, 29};

    private final LawRows drawn = new LawRows(N, 2, 7);

    /**
     * Rows cut at each 3 units of time, and an offset that is one number between two cuts: within no risk set does it say
     * anything, and any number gives the same fit.
     */
    private SurvivalData cut(double span, boolean weighted) {
        int[] piece = new int[N * 10];
        int[] row = new int[N * 10];
        int found = 0;
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < 10; j++) {
                if (drawn.entry[i] < 3 * (j + 1) && drawn.time[i] > 3 * j) {
                    row[found] = i;
                    piece[found++] = j;
                }
            }
        }
        int[] rows = Arrays.copyOf(row, found);
        double[] from = new double[found];
        double[] to = new double[found];
        int[] status = new int[found];
        double[] offset = new double[found];
        for (int k = 0; k < found; k++) {
            from[k] = Math.max(drawn.entry[row[k]], 3 * piece[k]);
            to[k] = Math.min(drawn.time[row[k]], 3 * piece[k] + 3);
            status[k] = to[k] == drawn.time[row[k]] ? Math.min(drawn.status[row[k]], 1) : 0;
            offset[k] = span * level(piece[k]);
        }
        SurvivalData.Builder b = SurvivalData.builder(to, status)
                .entry(from)
                .covariate("age", LawRows.pick(drawn.age, rows))
                .covariate("dose", LawRows.pick(drawn.dose, rows))
                .covariate("offset", offset)
                .strata(drawn.centres(rows))
                .id(Categories.of(IntStream.of(rows).mapToObj(i -> "p" + i).toList()));
        if (weighted) {
            b.weights(LawRows.pick(drawn.weight, rows), WeightType.SAMPLING);
        }
        return b.build();
    }

    /** Up, down and up again, within -1 and 1. */
    private static double level(int piece) {
        return new double[] {-1, -0.2, 1, 0.3, -0.9, 0.11, 0.9, -0.4, 0, 0.7}[piece];
    }

    private static CoxModel model(CoxTies ties) {
        return CoxModel.withDefaults()
                .withCovariates("age", "dose")
                .withOffset("offset")
                .withTies(ties);
    }

    /** The patient's path, whose offset is that of the rows. */
    private static CovariatePath path(double span) {
        CovariateProfile patient = CovariateProfile.empty().with("age", 35).with("dose", 1);
        CovariatePath path = CovariatePath.of(patient.with("offset", span * level(0)));
        for (int j = 1; j < 10; j++) {
            path = path.then(3 * j, patient.with("offset", span * level(j)));
        }
        return path;
    }

    private static void close(double[] actual, double[] expected, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            if (!Double.isNaN(actual[i]) || !Double.isNaN(expected[i])) {
                assertThat(actual[i]).isCloseTo(expected[i], within(tolerance * (1 + Math.abs(expected[i]))));
            }
        }
    }

    private static void sameCurve(PredictedSurvival a, PredictedSurvival b) {
        for (double t : TIMES) {
            assertThat(a.survivalAt(t).estimate()).isCloseTo(b.survivalAt(t).estimate(), within(1e-11));
            assertThat(a.survivalAt(t).standardError().orElse(-1))
                    .isCloseTo(b.survivalAt(t).standardError().orElse(-2), within(1e-10));
        }
        assertThat(a.restrictedMean(21).estimate())
                .isCloseTo(b.restrictedMean(21).estimate(), within(1e-10));
        assertThat(a.restrictedMean(21).standardError().orElse(-1))
                .isCloseTo(b.restrictedMean(21).standardError().orElse(-2), within(1e-10));
        close(a.survivalCovariance(TIMES)[0], b.survivalCovariance(TIMES)[0], 1e-10);
    }

    @ParameterizedTest
    @EnumSource(CoxTies.class)
    void whatAllAtRiskShareSaysNothing(CoxTies ties) {
        CoxFit narrow = model(ties).fit(cut(0, false));
        for (double span : new double[] {290, 360, 700, 3000, 1e6}) {
            // Of a predictor of 1e6 ten digits are left behind the point.
            double tolerance = span > 1e5 ? 1e-8 : 1e-11;
            CoxFit wide = model(ties).fit(cut(span, false));
            LawRows.same(wide, narrow, tolerance);
            assertThat(wide.nullLogLikelihood())
                    .isCloseTo(narrow.nullLogLikelihood(), within(tolerance * Math.abs(narrow.nullLogLikelihood())));
            assertThat(wide.score().statistic()).isCloseTo(narrow.score().statistic(), within(1e3 * tolerance));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = CoxTies.class,
            names = {"EFRON", "BRESLOW"})
    void residualsAndPredictionsAreTheSame(CoxTies ties) {
        CoxFit narrow = model(ties).fit(cut(0, true));
        CoxFit wide = model(ties).fit(cut(2000, true));
        LawRows.same(wide, narrow, 1e-11);
        CoxResiduals a = wide.residuals();
        CoxResiduals b = narrow.residuals();
        close(a.coxSnell(), b.coxSnell(), 1e-11);
        close(a.deviance(), b.deviance(), 1e-10);
        for (int i = 0; i < b.score().length; i++) {
            close(a.score()[i], b.score()[i], 1e-10);
        }
        for (String stratum : narrow.strata()) {
            PredictedSurvival along = wide.predict(path(2000), stratum);
            PredictedSurvival plain = narrow.predict(path(0), stratum);
            sameCurve(along, plain);
            sameCurve(along.withModelErrors(), plain.withModelErrors());
            assertThat(along.median().estimate()).isEqualTo(plain.median().estimate());
            assertThat(variance(wide, along)).isCloseTo(variance(narrow, plain), within(1e-10));
        }
        ProportionalHazardsResult zph = ProportionalHazardsTest.withDefaults().test(wide);
        assertThat(zph.global().statistic())
                .isCloseTo(
                        ProportionalHazardsTest.withDefaults()
                                .test(narrow)
                                .global()
                                .statistic(),
                        within(1e-9));
    }

    private static double variance(CoxFit fit, PredictedSurvival curve) {
        HazardCombination sum = HazardCombination.of(fit)
                .add(0.5, curve, 9)
                .add(-2, curve, 21)
                .addSteps(curve, 1, -1, 3)
                .build();
        return fit.covariance(List.of(sum))[0][0];
    }

    @Test
    void firthsPenaltyIsTheSame() {
        CoxModel firth = model(CoxTies.EFRON).withFirth();
        CoxFit narrow = firth.fit(without(cut(0, false)));
        CoxFit wide = firth.fit(without(cut(2000, false)));
        LawRows.same(wide, narrow, 1e-9);
    }

    /** Rows on their own: Firth's penalty has no robust variance. */
    private static SurvivalData without(SurvivalData data) {
        double[] time = new double[data.size()];
        double[] entry = new double[data.size()];
        int[] status = new int[data.size()];
        for (int i = 0; i < time.length; i++) {
            time[i] = data.time(i);
            entry[i] = data.entry(i);
            status[i] = data.status(i);
        }
        return SurvivalData.builder(time, status)
                .entry(entry)
                .covariate("age", data.numericCovariate("age"))
                .covariate("dose", data.numericCovariate("dose"))
                .covariate("offset", data.numericCovariate("offset"))
                .build();
    }

    /** One row whose hazard is next to nothing: at exp(-200) or at exp(-3000) of the others', it adds nothing to a sum. */
    private SurvivalData withOneOutOfSight(double offset, boolean weighted) {
        double[] of = new double[N];
        of[4] = offset;
        drawn.status[4] = 0;
        SurvivalData.Builder b = drawn.of(drawn.all()).covariate("offset", of).strata(drawn.centres(drawn.all()));
        if (weighted) {
            double[] weight = drawn.weight.clone();
            weight[4] = 1;
            b.weights(weight, WeightType.SAMPLING);
        }
        return b.build();
    }

    @ParameterizedTest
    @EnumSource(
            value = CoxTies.class,
            names = {"EFRON", "BRESLOW"})
    void aPatientOfNoHazardIsOneOfLess(CoxTies ties) {
        for (boolean weighted : new boolean[] {false, true}) {
            FineGrayModel model = FineGrayModel.withDefaults()
                    .withCause(1)
                    .withCovariates("age", "dose")
                    .withOffset("offset")
                    .withTies(ties);
            FineGrayFit narrow = model.fit(withOneOutOfSight(-200, weighted));
            FineGrayFit wide = model.fit(withOneOutOfSight(-3000, weighted));
            LawRows.same(wide, narrow, 1e-12);
            CovariateProfile patient =
                    CovariateProfile.empty().with("age", 35).with("dose", 1).with("offset", 0);
            for (String stratum : narrow.strata()) {
                sameCurve(
                        wide.predict(patient, stratum).without(),
                        narrow.predict(patient, stratum).without());
            }
            CoxFit few = model(ties).withCause(1).fit(withOneOutOfSight(-200, weighted));
            CoxFit same = model(ties).withCause(1).fit(withOneOutOfSight(-3000, weighted));
            LawRows.same(same, few, 1e-12);
            close(same.residuals().coxSnell(), few.residuals().coxSnell(), 1e-12);
        }
    }

    /** Those who are gone early have a hazard exp(1500) times that of the others, by the formulas as they are. */
    @ParameterizedTest
    @EnumSource(
            value = CoxTies.class,
            names = {"EFRON", "BRESLOW"})
    void fineAndGraysScoresAndDerivativesAreThoseOfTheDefinition(CoxTies ties) {
        double[] offset = new double[N];
        for (int i = 0; i < N; i++) {
            offset[i] = drawn.time[i] < 8 && drawn.status[i] != 2 ? 1500 : i % 3 == 0 ? -700 : 3 * (i % 5);
            drawn.weight[i] = 1;
        }
        SurvivalData data = drawn.of(drawn.all()).build();
        RiskRows risk = RiskRows.ofSubdistribution(data, 1, TieRule.DEFAULT, false);
        PartialLikelihood likelihood =
                new PartialLikelihood(risk, Terms.of("age", "dose").design(data), offset, ties.method());
        drawn.requireDerivatives(likelihood, true);
        if (ties == CoxTies.EFRON) {
            return;
        }
        double[] b = {0.03, -0.2};
        double[][] expected = new NaiveFineGray(
                        drawn.time,
                        drawn.entry,
                        drawn.status,
                        new double[][] {drawn.age, drawn.dose, offset},
                        new double[] {0.03, -0.2, 1})
                .scores();
        double[] scale = likelihood.design().scale;
        double[][] seen = new double[N][];
        likelihood.scores(
                new double[] {b[0] * scale[0], b[1] * scale[1]},
                (i, score) -> seen[i] = new double[] {score[0] * scale[0], score[1] * scale[1]});
        for (int i = 0; i < N; i++) {
            close(seen[i], Arrays.copyOf(expected[i], 2), 1e-10);
        }
    }

    @Test
    void predictorsWithoutDigitsAreToldOf() {
        double[] offset = IntStream.range(0, N).mapToDouble(i -> i % 2 * 1e12).toArray();
        SurvivalData data = drawn.of(drawn.all()).covariate("offset", offset).build();
        CoxFit fit = model(CoxTies.EFRON).fit(data);
        assertThat(fit.status()).isEqualTo(FitStatus.FAILED);
        assertThat(fit.statusReason()).contains("the values of the offset offset are too far apart");
        assertThat(fit.coefficients()).allMatch(c -> c.stdError().isEmpty());
        assertThatThrownBy(fit::residuals)
                .isInstanceOf(NotEstimableException.class)
                .hasMessageContaining("the fit ended FAILED: the likelihood is not finite");
        assertThatThrownBy(fit::baseline).isInstanceOf(NotEstimableException.class);
    }
}
