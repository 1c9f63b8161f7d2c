package io.engraft;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.data.Categories;
import io.engraft.data.CensoredData;
import io.engraft.data.MultiStateData;
import io.engraft.data.SurvivalData;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.data.WeightType;
import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.FollowUpCompleteness;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.NelsonAalen;
import io.engraft.estimate.hazard.LifeTable;
import io.engraft.estimate.hazard.SmoothedHazard;
import io.engraft.estimate.interval.Turnbull;
import io.engraft.estimate.resample.Bootstrap;
import io.engraft.estimate.resample.BootstrapStatistic;
import io.engraft.estimate.resample.PseudoValues;
import io.engraft.estimate.states.StateOccupancy;
import io.engraft.inference.FixedTimeTest;
import io.engraft.inference.GrayTest;
import io.engraft.inference.LogRankTest;
import io.engraft.inference.PairwiseAdjustment;
import io.engraft.inference.RestrictedMeanTest;
import io.engraft.law.RoystonParmar;
import io.engraft.multistate.fit.ParametricMultiState;
import io.engraft.multistate.solve.EmpiricalMultiStateModel;
import io.engraft.regression.AftDistribution;
import io.engraft.regression.AftFit;
import io.engraft.regression.AftModel;
import io.engraft.regression.ParametricFamily;
import io.engraft.regression.ParametricModel;
import io.engraft.testing.RandomStates;
import io.engraft.validation.Concordance;
import io.engraft.validation.PairWeighting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same rows in any order give the same bits, whatever is computed from them. */
class RowOrderLawsTest {

    private static final int ROWS = 240;

    /** What the rows hold beside times, statuses, groups and covariates. */
    @SuppressWarnings("ImmutableEnumChecker") // the functions hold nothing
    enum Shape {
        PLAIN(b -> b),
        DAYS(b -> b),
        FREQUENCY(b -> b.weights(column(ROWS, r -> 1 + r.nextInt(3), 11), WeightType.FREQUENCY)),
        SAMPLING(b -> b.weights(column(ROWS, r -> 0.2 + r.nextDouble(), 12), WeightType.SAMPLING)),
        STRATA(b -> b.strata(levels(ROWS, "s", 3, 13))),
        CLUSTERS(b -> b.cluster(levels(ROWS, "centre ", 25, 14))),
        ENTRY(b -> b),
        ENTRY_WEIGHTS_CLUSTERS(b -> b.cluster(levels(ROWS, "centre ", 25, 15))
                .weights(column(ROWS, r -> 0.2 + r.nextDouble(), 16), WeightType.SAMPLING)),
        IDS(b -> b.id(levels(ROWS, "p", 120, 17)).recurrent());

        private final UnaryOperator<SurvivalData.Builder> more;

        Shape(UnaryOperator<SurvivalData.Builder> more) {
            this.more = more;
        }

        boolean entry() {
            return name().startsWith("ENTRY");
        }

        boolean rowsStandForPatients() {
            return this == PLAIN || this == DAYS || this == FREQUENCY || this == STRATA;
        }

        SurvivalData data() {
            SplittableRandom random = new SplittableRandom(7);
            double[] time = new double[ROWS];
            double[] entry = new double[ROWS];
            int[] status = new int[ROWS];
            for (int i = 0; i < ROWS; i++) {
                double t = 0.1 - 30 * Math.log1p(-random.nextDouble());
                time[i] = this == DAYS ? Math.ceil(t / 4) : t;
                entry[i] = random.nextBoolean() ? 0 : 0.7 * time[i] * random.nextDouble();
                status[i] = random.nextInt(3);
            }
            SurvivalData.Builder builder = SurvivalData.builder(time, status)
                    .group(levels(ROWS, "g", 3, 18))
                    .covariate("age", column(ROWS, r -> 2 + 12 * r.nextDouble(), 19))
                    .covariate("phase", levels(ROWS, "CR", 3, 20));
            return more.apply(entry() ? builder.entry(entry) : builder).build();
        }
    }

    private interface Draw {
        double from(SplittableRandom random);
    }

    private static double[] column(int rows, Draw draw, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] column = new double[rows];
        Arrays.setAll(column, i -> draw.from(random));
        return column;
    }

    private static Categories levels(int rows, String prefix, int count, long seed) {
        double[] drawn = column(rows, r -> r.nextInt(count), seed);
        return Categories.of(
                Arrays.stream(drawn).mapToObj(d -> prefix + (int) d).toList());
    }

    private static int[] shuffled(int rows, long seed) {
        int[] order = IntStream.range(0, rows).toArray();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        return order;
    }

    /** All cells, bit by bit. */
    private static String text(Tabular result) {
        TidyTable table = result.tidy();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < table.rowCount(); i++) {
            for (int j = 0; j < table.columns().size(); j++) {
                text.append(table.value(i, j)).append(' ');
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static void assertSame(SurvivalData data, Function<SurvivalData, String> procedure, String what) {
        String once = procedure.apply(data);
        for (int k = 0; k < 4; k++) {
            assertThat(procedure.apply(data.inOrder(shuffled(data.size(), k))))
                    .as(what)
                    .isEqualTo(once);
        }
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void curves(Shape shape) {
        SurvivalData data = shape.data();
        assertSame(data, d -> text(KaplanMeier.withDefaults().fit(d)), "Kaplan-Meier");
        assertSame(
                data, d -> text(KaplanMeier.withDefaults().withRobustVariance().fit(d)), "robust");
        assertSame(data, d -> text(AalenJohansen.withDefaults().fit(d)), "Aalen-Johansen");
        assertSame(
                data,
                d -> text(AalenJohansen.withDefaults().withRobustVariance().fit(d)),
                "robust incidence");
        assertSame(data, d -> text(NelsonAalen.withDefaults().fit(d)), "Nelson-Aalen");
        if (shape.rowsStandForPatients()) {
            assertSame(data, d -> text(SmoothedHazard.forBandwidth(6).fit(d)), "smoothed hazard");
            assertSame(data, d -> text(LifeTable.of(0, 6, 12, 24, 600).fit(d)), "life table");
        }
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void tests(Shape shape) {
        SurvivalData data = shape.data();
        PairwiseAdjustment holm = PairwiseAdjustment.HOLM;
        assertSame(
                data,
                d -> text(LogRankTest.withDefaults()
                        .withPairs(holm)
                        .withTrendScores(0, 1, 2)
                        .test(d)),
                "log-rank");
        assertSame(
                data, d -> text(LogRankTest.withDefaults().withRobustVariance().test(d)), "robust log-rank");
        if (shape.rowsStandForPatients()) {
            assertSame(
                    data,
                    d -> {
                        var result = LogRankTest.withDefaults()
                                .withPermutations(199, 3)
                                .test(d);
                        return text(result) + result.conventions();
                    },
                    "permuted");
            if (shape != Shape.FREQUENCY) {
                assertSame(data, d -> text(GrayTest.forCause(1).test(d)), "Gray");
            }
        }
        if (shape != Shape.STRATA) {
            assertSame(
                    data,
                    d -> text(RestrictedMeanTest.forHorizon(30).withPairs(holm).test(d)),
                    "restricted mean");
            assertSame(data, d -> text(FixedTimeTest.forTime(12).withPairs(holm).test(d)), "fixed time");
            assertSame(data, d -> text(FixedTimeTest.forTime(12).withCause(2).test(d)), "fixed-time incidence");
        }
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void fits(Shape shape) {
        SurvivalData data = shape.data();
        for (AftDistribution distribution : List.of(AftDistribution.WEIBULL, AftDistribution.LOG_NORMAL)) {
            AftModel model = AftModel.of(distribution).withCovariates("age", "phase", "ns(age,3)");
            assertSame(data, d -> full(model.fit(d)), distribution.label());
            assertSame(data, d -> full(model.withRobustVariance().fit(d)), "robust " + distribution.label());
        }
        if (shape == Shape.STRATA) {
            assertSame(
                    data,
                    d -> full(AftModel.of(AftDistribution.WEIBULL)
                            .withStrataOnScale()
                            .fit(d)),
                    "strata");
        }
        for (ParametricFamily family :
                List.of(ParametricFamily.GAMMA, ParametricFamily.spline(RoystonParmar.Scale.HAZARD, 2))) {
            assertSame(
                    data,
                    d -> text(ParametricModel.of(family).withCovariates("age").fit(d)),
                    family.label());
        }
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void validation(Shape shape) {
        SurvivalData data = shape.data();
        for (PairWeighting weighting : PairWeighting.values()) {
            Concordance procedure = Concordance.withDefaults().withWeighting(weighting);
            assertSame(data, d -> text(procedure.fit(d, "age")), weighting.label());
            assertSame(
                    data,
                    d -> text(procedure
                            .withCause(1)
                            .compare(
                                    d,
                                    d.numericCovariate("age"),
                                    Arrays.stream(d.numericCovariate("age"))
                                            .map(Math::sin)
                                            .toArray())),
                    "compared by " + weighting.label());
        }
    }

    private static String full(AftFit fit) {
        return text(fit) + fit.logLikelihood() + Arrays.deepToString(fit.modelCovariance()) + fit.bic() + fit.scales();
    }

    @Test
    void residualsStandInTheOrderOfTheData() {
        SurvivalData data = Shape.PLAIN.data();
        AftModel model = AftModel.of(AftDistribution.WEIBULL).withCovariates("age");
        double[] once = model.fit(data).residuals(AftFit.Residual.COX_SNELL);
        int[] order = shuffled(data.size(), 5);
        double[] other = model.fit(data.inOrder(order)).residuals(AftFit.Residual.COX_SNELL);
        for (int k = 0; k < order.length; k++) {
            assertThat(other[k]).isEqualTo(once[order[k]]);
        }
        double scale = model.fit(data).scales().values().iterator().next().estimate();
        double location = model.fit(data).coefficient("(Intercept)").value().estimate()
                + model.fit(data).coefficient("age").value().estimate() * data.numericCovariate("age")[3];
        double hazard = Math.exp((Math.log(data.time(3)) - location) / scale);
        assertThat(once[3]).isCloseTo(hazard, org.assertj.core.api.Assertions.within(1e-12 * hazard));
    }

    @ParameterizedTest
    @EnumSource(
            value = Shape.class,
            names = {"PLAIN", "DAYS", "FREQUENCY", "CLUSTERS", "IDS", "ENTRY"})
    void resampling(Shape shape) {
        SurvivalData data = shape.data();
        BootstrapStatistic survival = BootstrapStatistic.survival(12);
        Bootstrap bootstrap = Bootstrap.withDefaults().withReplicates(60);
        assertSame(data, d -> Arrays.toString(bootstrap.fit(d, survival).replicates()), "bootstrap");
        assertSame(data, d -> text(bootstrap.byGroup(d, survival)), "bootstrap by group");
        if (shape.rowsStandForPatients()) {
            PseudoValues values = PseudoValues.withDefaults();
            double[] once = values.survival(data, 12).values(0);
            int[] order = shuffled(data.size(), 5);
            double[] other = values.survival(data.inOrder(order), 12).values(0);
            assertThat(other)
                    .containsExactly(
                            Arrays.stream(order).mapToDouble(i -> once[i]).toArray());
        }
    }

    @Test
    void intervals() {
        double[] left = column(ROWS, r -> 10 * r.nextDouble(), 31);
        double[] gap = column(ROWS, r -> r.nextInt(4) == 0 ? Double.POSITIVE_INFINITY : 6 * r.nextDouble(), 32);
        double[] right = new double[ROWS];
        Arrays.setAll(right, i -> left[i] + gap[i]);
        double[] weight = column(ROWS, r -> 0.1 + r.nextDouble(), 33);
        CensoredData data = CensoredData.of(
                left,
                right,
                b -> b.weights(weight, WeightType.SAMPLING)
                        .covariate("age", column(ROWS, SplittableRandom::nextDouble, 34)));
        String turnbull = text(Turnbull.withDefaults().fit(left, right, weight));
        AftModel aft = AftModel.of(AftDistribution.LOG_LOGISTIC).withCovariates("age");
        ParametricModel weibull = ParametricModel.of(ParametricFamily.WEIBULL).withCovariates("age");
        String fit = full(aft.fit(data)) + text(weibull.fit(data));
        for (int k = 0; k < 4; k++) {
            int[] order = shuffled(ROWS, k);
            CensoredData other = data.inOrder(order);
            assertThat(full(aft.fit(other)) + text(weibull.fit(other))).isEqualTo(fit);
            assertThat(text(Turnbull.withDefaults()
                            .fit(picked(left, order), picked(right, order), picked(weight, order))))
                    .isEqualTo(turnbull);
        }
    }

    private static double[] picked(double[] values, int[] order) {
        return Arrays.stream(order).mapToDouble(i -> values[i]).toArray();
    }

    @Test
    void completeness() {
        double[] observed = column(ROWS, r -> 60 * r.nextDouble(), 41);
        boolean[] event = new boolean[ROWS];
        int[] order = shuffled(ROWS, 2);
        String once = text(FollowUpCompleteness.of(observed, event, 60));
        assertThat(text(FollowUpCompleteness.of(picked(observed, order), event, 60)))
                .isEqualTo(once);
    }

    @Test
    void states() {
        for (int seed = 0; seed < 60; seed++) {
            RandomStates sample = RandomStates.of(seed);
            MultiStateData data = sample.rows()
                    .weights(sample.weights(0.37), WeightType.SAMPLING)
                    .build();
            List<Integer> order = new ArrayList<>();
            Arrays.stream(shuffled(data.size(), seed)).forEach(order::add);
            MultiStateData other = sample.rows(order)
                    .weights(
                            order.stream()
                                    .mapToDouble(i -> 0.37 * sample.weight.get(i))
                                    .toArray(),
                            WeightType.SAMPLING)
                    .build();
            assertThat(occupancy(other)).as("seed " + seed).isEqualTo(occupancy(data));
            if (seed < 10) {
                assertThat(parametric(sample.rows(order).build()))
                        .as("seed " + seed)
                        .isEqualTo(parametric(sample.rows().build()));
                assertThat(text(EmpiricalMultiStateModel.of(sample.rows(order).build())))
                        .as("seed " + seed)
                        .isEqualTo(
                                text(EmpiricalMultiStateModel.of(sample.rows().build())));
            }
        }
    }

    private static String occupancy(MultiStateData data) {
        return text(StateOccupancy.withDefaults().fit(data));
    }

    private static String parametric(MultiStateData data) {
        try {
            return text(ParametricMultiState.withDefaults().fit(data));
        } catch (EngraftException e) {
            return "refused";
        }
    }
}
