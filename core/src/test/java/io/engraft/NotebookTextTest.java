package io.engraft;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.curve.PointEstimate;
import io.engraft.data.Categories;
import io.engraft.data.DurationUnit;
import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.ConfidenceBand;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.NelsonAalen;
import io.engraft.estimate.hazard.LifeTable;
import io.engraft.estimate.hazard.SmoothedHazard;
import io.engraft.estimate.interval.Turnbull;
import io.engraft.estimate.resample.Bootstrap;
import io.engraft.estimate.resample.BootstrapStatistic;
import io.engraft.estimate.resample.PseudoValues;
import io.engraft.evidence.EvidenceTable;
import io.engraft.evidence.ProportionPool;
import io.engraft.evidence.StudyProportion;
import io.engraft.evidence.UnitComparison;
import io.engraft.inference.GrayTest;
import io.engraft.inference.LogRankTest;
import io.engraft.inference.PairwiseAdjustment;
import io.engraft.internal.Brief;
import io.engraft.multistate.solve.OccupancySolver;
import io.engraft.pathway.JmmlPathways;
import io.engraft.pathway.OutcomeQuestions;
import io.engraft.pathway.PathwayModel;
import io.engraft.pathway.SurvivalParts;
import io.engraft.regression.AftDistribution;
import io.engraft.regression.AftModel;
import io.engraft.regression.Coefficient;
import io.engraft.regression.ParametricFamily;
import io.engraft.regression.ParametricModel;
import io.engraft.regression.TermCoding;
import io.engraft.simulate.PathSimulator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a notebook shows of a result; the texts that are compared whole are worked by hand. */
class NotebookTextTest {

    private Locale before = Locale.ROOT;

    @BeforeEach
    void speakGerman() {
        before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
    }

    @AfterEach
    void speakAsBefore() {
        Locale.setDefault(before);
    }

    private static SurvivalData eight() {
        return SurvivalData.builder(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, new int[] {1, 2, 0, 1, 1, 2, 0, 1})
                .causes(List.of("relapse", "death"))
                .group(Categories.of(List.of("A", "A", "A", "A", "B", "B", "B", "B")))
                .unit(DurationUnit.MONTHS)
                .source("eight")
                .build();
    }

    private static EventTable table() {
        return EventTable.of(eight());
    }

    @Test
    void numbersHaveFourDigitsAndNoLocale() {
        assertThat(Brief.number(0.123456)).isEqualTo("0.1235");
        assertThat(Brief.number(12)).isEqualTo("12");
        assertThat(Brief.number(-0.5)).isEqualTo("-0.5");
        assertThat(Brief.number(1234567.8)).isEqualTo("1235000");
        assertThat(Brief.number(1.2341e-7)).isEqualTo("1.234E-7");
        assertThat(Brief.number(1.5e20)).isEqualTo("1.5E+20");
        assertThat(Brief.number(Double.NaN)).isEqualTo("not known");
        assertThat(Brief.number(Double.NEGATIVE_INFINITY)).isEqualTo("-infinity");
        assertThat(Brief.pValue(0.04567)).isEqualTo("p = 0.04567");
        assertThat(Brief.pValue(1e-9)).isEqualTo("p < 0.0001");
        assertThat(Brief.count(1, "study")).isEqualTo("1 study");
        assertThat(Brief.count(2, "study")).isEqualTo("2 studies");
        assertThat(Brief.list(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10))).isEqualTo("1, 2, 3, 4, 5, 6, 7, 8 and 2 more");
        assertThat(PointEstimate.exact(1 / 3.0)).hasToString("0.3333");
        assertThat(PointEstimate.exact(12)).hasToString("12.0");
    }

    /** S falls to 7/8 6/7 = 3/4 at 2, then to 3/4 (4/5) = 3/5 at 4 and 3/5 (3/4) = 0.45 at 5, the median. */
    @Test
    void curvesSayRowsEventsAndAnEnd() {
        assertThat(KaplanMeier.withDefaults().fit(table()).toString())
                .startsWith("Kaplan-Meier: 8 rows, 6 events, median 5.0 (");
        // 1/8 + 1/7 + 1/5 + 1/4 + 1/3 + 1 = 2.051
        assertThat(NelsonAalen.withDefaults().fit(table()))
                .hasToString("Nelson-Aalen: 8 rows, 6 events, cumulative hazard 2.051 at 8");
        // relapse 1/8 + 3/4 / 5 + 3/5 / 4 + 3/10 = 0.725, death 1/8 + 0.45 / 3 = 0.275
        assertThat(AalenJohansen.withDefaults().fit(table()))
                .hasToString("Aalen-Johansen: 8 rows, by 8 relapse 0.725, death 0.275");
        assertThat(AalenJohansen.withDefaults().fit(table()).incidence("relapse"))
                .hasToString("cumulative incidence of relapse: 8 rows, 4 events, 0.725 by 8");
        assertThat(KaplanMeier.withDefaults().fit(eight()).toString().split("\n"))
                .hasSize(2)
                .allMatch(line -> line.matches("[AB]: Kaplan-Meier: 4 rows, 3 events, median .*"));
        assertThat(eight()).hasToString("eight: 8 rows, 6 events, in months, causes relapse, death, groups A, B");
        assertThat(table().toString()).contains("8 rows");
    }

    @Test
    void aTestSaysItsStatisticAndItsContrasts() {
        String text = LogRankTest.withDefaults()
                .withPairs(PairwiseAdjustment.HOLM)
                .test(eight())
                .toString();
        assertThat(text.split("\n")).hasSize(2);
        assertThat(text)
                .matches("(?s)logrank: chi-square [\\d.]+ on 1 degree of freedom, p = [\\d.]+\nA against B: .*");
        assertThat(GrayTest.forCause("death")).hasToString("Gray's test of death");
        assertThat(GrayTest.forCause(2)).hasToString("Gray's test of cause 2");
    }

    /** Every result that is easily made: a short text, no object's address, no decimal comma, and never an error. */
    @Test
    void aCoefficientSaysItsIntervalAndATermItsCoding() {
        // Four exponential times, all events: log mean 1.3863, standard error 1/2, so z is 2 log 4.
        Coefficient intercept = AftModel.of(AftDistribution.EXPONENTIAL)
                .fit(SurvivalData.of(new double[] {2, 3, 4, 7}, new int[] {1, 1, 1, 1}))
                .coefficients()
                .get(0);
        assertThat(intercept).hasToString("(Intercept): 1.386 (0.4063 to 2.366), p = 0.005561");
        assertThat(new TermCoding("phase", "scale", List.of("phase=CR2"), Map.of("phase", "CR1"), Map.of()))
                .hasToString("phase on scale: phase=CR2 against phase=CR1");
        assertThat(new TermCoding(
                        "ns(age,1)", "scale", List.of("ns(age,1)1"), Map.of(), Map.of("age", List.of(4.0, 62.0))))
                .hasToString("ns(age,1) on scale: ns(age,1)1; knots of age at [4.0, 62.0]");
    }

    @Test
    void nothingIsShownAsAnAddress() {
        PathwayModel pathway = JmmlPathways.get("transplant");
        List<Object> results = List.of(
                eight(),
                table(),
                KaplanMeier.withDefaults().fit(eight()),
                ConfidenceBand.ofEqualPrecision().on(KaplanMeier.withDefaults().fit(table())),
                AalenJohansen.withDefaults().fit(table()).oneMinusKaplanMeier(1),
                LifeTable.ofWidth(3, 3).fit(table()),
                SmoothedHazard.forBandwidth(2).fit(table()),
                Turnbull.withDefaults().fit(new double[] {0, 1, 2}, new double[] {2, 3, Double.POSITIVE_INFINITY}),
                Bootstrap.withDefaults().withReplicates(50).fit(eight(), BootstrapStatistic.survival(4)),
                PseudoValues.withDefaults().survival(eight(), 4),
                ParametricModel.of(ParametricFamily.WEIBULL).fit(eight()),
                EvidenceTable.jmml(),
                EvidenceTable.jmml().rates().get(0),
                ProportionPool.withDefaults()
                        .fit(List.of(StudyProportion.of("one", 3, 10), StudyProportion.of("two", 5, 20))),
                UnitComparison.withDefaults().compare(3, 10, 0.2, 0.4),
                pathway,
                pathway.mixture(),
                pathway.model(),
                pathway.multiStateModel(),
                pathway.assumptions().get(0),
                OutcomeQuestions.of(pathway),
                OutcomeQuestions.of(pathway).answers(),
                SurvivalParts.of(pathway, 24),
                OccupancySolver.withDefaults().solve(pathway.model(), 60),
                PathSimulator.withDefaults().withPatients(1000).simulate(pathway.model()));
        for (Object result : results) {
            String text = result.toString();
            String name = result.getClass().getSimpleName();
            assertThat(text).as(name).isNotBlank().doesNotContain("@").doesNotMatch("(?s).*\\d,\\d.*");
            assertThat(text.split("\n")).as(name).hasSizeLessThan(40);
        }
    }
}
