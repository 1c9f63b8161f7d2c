package io.engraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.calibrate.ModelQuantity;
import io.engraft.calibrate.rates.CompetingRatesCalibration;
import io.engraft.data.DataCheck;
import io.engraft.data.MultiStateData;
import io.engraft.data.SurvivalData;
import io.engraft.data.io.ColumnRoles;
import io.engraft.estimate.hazard.LifeTable;
import io.engraft.estimate.resample.Bootstrap;
import io.engraft.estimate.states.OccupancyEstimate;
import io.engraft.estimate.states.StateOccupancy;
import io.engraft.inference.LogRankTest;
import io.engraft.internal.BridgeSupremum;
import io.engraft.law.LawOfTime;
import io.engraft.law.PiecewiseExponential;
import io.engraft.multistate.FateTree;
import io.engraft.multistate.MultiStateModel;
import io.engraft.multistate.solve.OccupancySolver;
import io.engraft.multistate.solve.SolvedOccupancy;
import io.engraft.pathway.PathwayModel;
import io.engraft.pathway.SurvivalParts;
import io.engraft.regression.CovariateProfile;
import io.engraft.regression.FittedSurvival;
import io.engraft.regression.ParametricFamily;
import io.engraft.regression.ParametricModel;
import io.engraft.simulate.PathSimulator;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code PublicEntryPointsTest} and the command line's matrix found, each with the answer that it must have. */
class ExtremeArgumentsTest {

    private static final OccupancySolver SOLVER = OccupancySolver.withDefaults();

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(InvalidArgumentException.class).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(doubles = {4.9e-324, 1e-31, 2e30, 1e308, Double.MAX_VALUE})
    void horizonsBeyondTheMarchOverLogTime(double t) {
        PathwayModel jmml = PathwayModel.jmml();
        String message = "horizon is " + t + "; allowed: 1.0E-30 <= horizon <= 1.0E30";

        refused(() -> SOLVER.solve(jmml.multiStateModel(), t), message);
        refused(() -> SOLVER.solve(jmml.model(), t), message);
        refused(() -> jmml.sensitivity(t), message);
        refused(() -> SurvivalParts.of(jmml, t), message);
        refused(
                () -> SOLVER.transitionProbabilities(jmml.multiStateModel(), 0, t),
                message.replace("horizon", "t - s"));
    }

    /** In the end everybody has met his fate: the product of the fates' probabilities. */
    @Test
    void theLongestHorizonGivesTheFates() {
        PathwayModel jmml = PathwayModel.jmml();
        SolvedOccupancy solved = SOLVER.solve(jmml.multiStateModel(), 1e30);
        double remission = jmml.model().state(jmml.model().start()).fates().stream()
                .filter(f -> f.to() == null)
                .mapToDouble(f -> f.probability())
                .sum();

        assertThat(solved.probability(jmml.model().start(), 1e30)).isCloseTo(remission, within(1e-11));
        assertThat(solved.states().stream()
                        .mapToDouble(s -> solved.probability(s, 1e30))
                        .sum())
                .isCloseTo(1, within(1e-11));
    }

    @Test
    void theShortestHorizonLeavesAllInTheStart() {
        MultiStateModel model = PathwayModel.jmml().multiStateModel();
        String start = PathwayModel.jmml().model().start();

        assertThat(SOLVER.solve(model, 1e-30).probability(start, 1e-30)).isCloseTo(1, within(1e-15));
        assertThat(SOLVER.transitionProbabilities(model, 5, 5)[0][0]).isEqualTo(1);
    }

    @Test
    void drawsThatNoMemoryHolds() {
        int many = Integer.MAX_VALUE;
        String message = " is 2147483647; allowed: at most 10000000, as each of them is kept";
        PathwayModel jmml = PathwayModel.jmml();

        refused(() -> FateTree.of(jmml.model()).drawProbabilities(many, 1), "draws" + message);
        refused(() -> jmml.mixture().withSampleSize(60, many, 1), "draws" + message);
        refused(() -> PathSimulator.withDefaults().withDraws(many), "draws" + message);
        refused(() -> Bootstrap.withDefaults().withReplicates(many), "replicates" + message);
        refused(() -> LogRankTest.withDefaults().withPermutations(many, 1), "draws" + message);
    }

    @Test
    void drawsOfAFitBelowNone() {
        FittedSurvival curve = ParametricModel.of(ParametricFamily.EXPONENTIAL)
                .fit(SurvivalData.of(new double[] {1, 2, 3}, new int[] {1, 0, 1}))
                .predict(CovariateProfile.empty());

        refused(
                () -> curve.survivalByDraws(new double[] {1}, Integer.MIN_VALUE, 1),
                "draws is -2147483648; allowed: draws >= 100");
    }

    @Test
    void lifeTablesOfTooManyRows() {
        refused(
                () -> LifeTable.ofWidth(1, Integer.MAX_VALUE),
                "intervals is 2147483647; allowed: at most 1000000, as each is a row of the table");
    }

    /** -0.0 is 0, not a time before it. */
    @Test
    void timesOfMinusZero() {
        LawOfTime law = PiecewiseExponential.of(new double[] {2}, new double[] {0.1, 0.2});
        assertThat(law.survival(-0.0)).isEqualTo(1);
        assertThat(law.hazard(-0.0)).isEqualTo(0.1);
        assertThat(law.conditionalOn(-0.0).survival(1)).isEqualTo(law.survival(1));
    }

    @Test
    void statesNamedTwiceCountOnce() {
        assertThat(ModelQuantity.limit("a", "a")).isEqualTo(ModelQuantity.limit("a"));
        assertThat(ModelQuantity.medianSurvival("b", "a", "b")).isEqualTo(ModelQuantity.medianSurvival("a", "b"));
    }

    @Test
    void columnsOfDifferentLengths() {
        double[] two = {1, 2};
        double[] three = {1, 2, 3};
        int[] status = {1, 0};

        refused(
                () -> DataCheck.rows(null, three, status, null, 1),
                "status has 2 rows and time has 3; allowed: equal lengths");
        refused(
                () -> DataCheck.rows(three, two, status, null, 1),
                "entry has 3 rows and time has 2; allowed: equal lengths");
        refused(
                () -> DataCheck.rows(null, two, status, three, 1),
                "weight has 3 rows and time has 2; allowed: equal lengths");
        assertThat(DataCheck.rows(null, two, status, null, 1)).isEmpty();
    }

    @Test
    void eventsWithoutLevels() {
        refused(
                () -> ColumnRoles.of("t", "s").withEvents(List.of(List.of(), List.of()), List.of("alive")),
                "events are [none, none] and censored is 'alive'; allowed: one or more distinct levels, none of them"
                        + " the censored one");
    }

    @Test
    void standardErrorsThatLeaveNothingOpen() {
        CompetingRatesCalibration rates =
                CompetingRatesCalibration.withDefaults().withRemission(0.5).withRelapse(0.35);

        refused(
                () -> rates.withRemissionError(4.9e-324).calibrate(),
                "standard error of remission is 4.9E-324; allowed: that of at most 1.0E9 patients");
    }

    /** Kolmogorov's law at 1 is 1 - 2 (e^-2 - e^-8 + e^-18 - e^-32). */
    @Test
    void bandsOverTheWholeUnitIntervalAndForNoLevel() {
        double kolmogorov = 1 - 2 * (Math.exp(-2) - Math.exp(-8) + Math.exp(-18) - Math.exp(-32));

        assertThat(BridgeSupremum.plain(1, 0, 1)).isCloseTo(kolmogorov, within(1e-12));
        assertThat(BridgeSupremum.plain(1, 1e-161, 1)).isCloseTo(kolmogorov, within(1e-12));
        assertThat(BridgeSupremum.plain(0, 0, 0.5)).isZero();
        assertThat(BridgeSupremum.plain(1e-9, 0.1, 0.5)).isZero();
        assertThat(BridgeSupremum.standardised(0, 1)).isZero();
        assertThat(BridgeSupremum.standardised(1e-9, 1)).isZero();
    }

    /** Who is in a state all the time until tau is in it for tau. */
    @Test
    void meanTimesUpToTheLeastDouble() {
        MultiStateData stays = MultiStateData.of(SurvivalData.of(new double[] {5, 9}, new int[] {1, 0}));
        OccupancyEstimate fit = StateOccupancy.withDefaults().fit(stays).get("all");

        assertThat(fit.timeIn(fit.states().get(0), Double.MIN_VALUE).estimate()).isEqualTo(Double.MIN_VALUE);
    }
}
