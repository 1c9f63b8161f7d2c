package io.engraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.data.Categories;
import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.IncidenceEstimate;
import io.engraft.estimate.resample.Bootstrap;
import io.engraft.estimate.resample.BootstrapStatistic;
import io.engraft.estimate.resample.PseudoValues;
import io.engraft.inference.FixedTimeTest;
import io.engraft.inference.GrayTest;
import io.engraft.multistate.mixture.CompetingRisksMixture;
import io.engraft.multistate.solve.OccupancySolver;
import io.engraft.multistate.solve.SolvedOccupancy;
import io.engraft.pathway.JmmlPathways;
import io.engraft.pathway.OutcomeQuestions;
import io.engraft.pathway.PathwayModel;
import io.engraft.regression.AftDistribution;
import io.engraft.regression.AftModel;
import io.engraft.regression.ParametricFamily;
import io.engraft.regression.ParametricModel;
import io.engraft.simulate.PathSimulator;
import io.engraft.simulate.SimulationResult;
import io.engraft.validation.Concordance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A cause by its code is the cause by its label, and one message names an unknown one. */
class CauseByCodeAndLabelTest {

    private static final SurvivalData DATA = data();

    private static SurvivalData data() {
        Random random = new Random(5);
        int n = 60;
        double[] time = new double[n];
        int[] status = new int[n];
        List<String> group = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            time[i] = 1 + random.nextInt(30);
            status[i] = random.nextInt(3);
            group.add(i % 2 == 0 ? "A" : "B");
        }
        return SurvivalData.builder(time, status)
                .causes(List.of("relapse", "death"))
                .group(Categories.of(group))
                .build();
    }

    /** Codes with their labels: "1 (relapse), 2 (nrm) or 3 (death)". */
    private static String listed(List<String> labels) {
        String all = IntStream.rangeClosed(1, labels.size())
                .mapToObj(code -> code + " (" + labels.get(code - 1) + ")")
                .collect(Collectors.joining(", "));
        int last = all.lastIndexOf(", ");
        return all.substring(0, last) + " or " + all.substring(last + 2);
    }

    private static void unknown(ThrowingCallable code, ThrowingCallable label) {
        unknown("cause", code, label, "1 (relapse) or 2 (death)");
    }

    private static void unknown(String what, ThrowingCallable code, ThrowingCallable label, String allowed) {
        assertThatThrownBy(code)
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage(what + " is 9; allowed: " + allowed);
        assertThatThrownBy(label)
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage(what + " is x; allowed: " + allowed);
    }

    @Test
    void inEstimates() {
        EventTable table = EventTable.of(DATA);
        assertThat(table.causeSpecific("death")).isEqualTo(table.causeSpecific(2));
        unknown(() -> table.causeSpecific(9), () -> table.causeSpecific("x"));
        IncidenceEstimate fit = AalenJohansen.withDefaults().fit(table);
        assertThat(fit.incidence(2).incidenceAt(20))
                .isEqualTo(fit.incidence("death").incidenceAt(20));
        assertThat(fit.oneMinusKaplanMeier(2).at(20))
                .isEqualTo(fit.oneMinusKaplanMeier("death").at(20));
        unknown(() -> fit.incidence(9), () -> fit.incidence("x"));
        unknown(() -> fit.oneMinusKaplanMeier(9), () -> fit.oneMinusKaplanMeier("x"));
        assertThatThrownBy(() -> fit.incidence(0)).hasMessageStartingWith("cause is 0; allowed: 1 (");
    }

    @Test
    void inResampling() {
        Bootstrap bootstrap = Bootstrap.withDefaults().withReplicates(20);
        assertThat(bootstrap.fit(DATA, BootstrapStatistic.incidence(2, 20)).replicates())
                .isEqualTo(bootstrap
                        .fit(DATA, BootstrapStatistic.incidence("death", 20))
                        .replicates());
        assertThat(BootstrapStatistic.incidence(2, 20).name()).isEqualTo("incidence of cause 2 at 20.0");
        unknown(
                () -> bootstrap.fit(DATA, BootstrapStatistic.incidence(9, 20)),
                () -> bootstrap.fit(DATA, BootstrapStatistic.incidence("x", 20)));
        PseudoValues pseudo = PseudoValues.withDefaults();
        assertThat(pseudo.incidence(DATA, 2, 10).values(0))
                .isEqualTo(pseudo.incidence(DATA, "death", 10).values(0));
        assertThat(pseudo.incidence(DATA, 2, 10).quantity()).isEqualTo("incidence of death");
        assertThat(pseudo.timeLost(DATA, 2, 10).values(0))
                .isEqualTo(pseudo.timeLost(DATA, "death", 10).values(0));
        unknown(() -> pseudo.incidence(DATA, 9, 10), () -> pseudo.incidence(DATA, "x", 10));
        unknown(() -> pseudo.timeLost(DATA, 9, 10), () -> pseudo.timeLost(DATA, "x", 10));
    }

    @Test
    void inTests() {
        assertThat(GrayTest.forCause("death").test(DATA).statistic())
                .isEqualTo(GrayTest.forCause(2).test(DATA).statistic());
        unknown(
                () -> GrayTest.forCause(9).test(DATA),
                () -> GrayTest.forCause("x").test(DATA));
        FixedTimeTest fixed = FixedTimeTest.forTime(15);
        assertThat(fixed.withCause("death").test(DATA).statistic())
                .isEqualTo(fixed.withCause(2).test(DATA).statistic())
                .isNotEqualTo(fixed.withCause("relapse").test(DATA).statistic());
        assertThat(fixed.withCause("death").test(EventTable.byGroup(DATA)).statistic())
                .isEqualTo(fixed.withCause(2).test(EventTable.byGroup(DATA)).statistic());
        unknown(() -> fixed.withCause(9).test(DATA), () -> fixed.withCause("x").test(DATA));
    }

    @Test
    void inRegression() {
        AftModel aft = AftModel.of(AftDistribution.WEIBULL);
        assertThat(aft.withCause("death").fit(DATA).logLikelihood())
                .isEqualTo(aft.withCause(2).fit(DATA).logLikelihood());
        assertThat(aft.withCause("death").fit(DATA).conventions()).containsEntry("event", "cause-specific: death");
        unknown(() -> aft.withCause(9).fit(DATA), () -> aft.withCause("x").fit(DATA));
        ParametricModel model = ParametricModel.of(ParametricFamily.WEIBULL);
        assertThat(model.withCause("death").fit(DATA).logLikelihood())
                .isEqualTo(model.withCause(2).fit(DATA).logLikelihood());
        assertThat(model.withCause("death").fit(DATA).conventions()).containsEntry("event", "cause-specific: death");
        unknown(() -> model.withCause(9).fit(DATA), () -> model.withCause("x").fit(DATA));
    }

    @Test
    void inValidation() {
        double[] score = new double[DATA.size()];
        Arrays.setAll(score, i -> i % 7);
        Concordance concordance = Concordance.withDefaults();
        assertThat(concordance.withCause("death").fit(DATA, score).concordance())
                .isEqualTo(concordance.withCause(2).fit(DATA, score).concordance())
                .isNotEqualTo(concordance.withCause("relapse").fit(DATA, score).concordance());
        unknown(
                () -> concordance.withCause(9).fit(DATA, score),
                () -> concordance.withCause("x").fit(DATA, score));
    }

    @Test
    void inModels() {
        PathwayModel pathway = JmmlPathways.get("transplant");
        CompetingRisksMixture mixture = pathway.mixture();
        int code = 1 + mixture.fates().stream().map(f -> f.event()).toList().indexOf("nrm");
        assertThat(mixture.probability(code)).isEqualTo(mixture.probability("nrm"));
        assertThat(mixture.incidence(code).incidenceAt(12))
                .isEqualTo(mixture.incidence("nrm").incidenceAt(12));
        assertThat(mixture.causeSpecificHazard(code).cause()).isEqualTo("nrm");
        String fates = listed(mixture.fates().stream().map(f -> f.event()).toList());
        unknown("fate", () -> mixture.incidence(9), () -> mixture.incidence("x"), fates);
        unknown("fate", () -> mixture.probability(9), () -> mixture.probability("x"), fates);
        unknown("fate", () -> mixture.causeSpecificHazard(9), () -> mixture.causeSpecificHazard("x"), fates);

        OutcomeQuestions questions = OutcomeQuestions.of(mixture);
        int event = 1 + questions.events().indexOf("nrm");
        assertThat(questions.shareBefore(event, 6)).isEqualTo(questions.shareBefore("nrm", 6));
        assertThat(questions.timeBy(event, 0.5)).isEqualTo(questions.timeBy("nrm", 0.5));
        assertThat(questions.remainingRisk(event, 3, 12)).isEqualTo(questions.remainingRisk("nrm", 3, 12));
        String events = listed(questions.events());
        unknown("event", () -> questions.shareBefore(9, 6), () -> questions.shareBefore("x", 6), events);
        unknown("event", () -> questions.timeBy(9, 0.5), () -> questions.timeBy("x", 0.5), events);
        unknown("event", () -> questions.remainingRisk(9, 3, 12), () -> questions.remainingRisk("x", 3, 12), events);
    }

    @Test
    void inSolutionsAndSimulations() {
        PathwayModel pathway = JmmlPathways.get("transplant");
        SolvedOccupancy solved = OccupancySolver.withDefaults().solve(pathway.model(), 60);
        List<String> events = solved.model().events();
        int code = 1 + events.indexOf("nrm");
        assertThat(solved.incidence(code).incidenceAt(12))
                .isEqualTo(solved.incidence("nrm").incidenceAt(12));
        String allowed = listed(events);
        unknown("event", () -> solved.incidence(9), () -> solved.incidence("x"), allowed);
        SimulationResult cohort =
                PathSimulator.withDefaults().withPatients(500).withTimes(12).simulate(pathway.model());
        assertThat(cohort.incidence(code).incidenceAt(12))
                .isEqualTo(cohort.incidence("nrm").incidenceAt(12));
        unknown("event", () -> cohort.incidence(9), () -> cohort.incidence("x"), allowed);
    }
}
