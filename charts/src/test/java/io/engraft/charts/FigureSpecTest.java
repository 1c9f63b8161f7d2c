package io.engraft.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.IncidenceFunction;
import io.engraft.curve.SurvivalFunction;
import io.engraft.data.DurationUnit;
import io.engraft.data.TidyTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureSpecTest {

    @Test
    void theTableHoldsTheNumbersAtTheTicks() {
        Fakes.KaplanMeier km = new Fakes.KaplanMeier(new double[] {1, 2, 3, 4}, new int[] {1, 0, 1, 0});
        TidyTable data = SurvivalFigure.of("All", km)
                .withOverlay("Model", Fakes.cure(0.5, 1, 10))
                .withXBreaks(0, 2, 4)
                .tidy();
        assertThat(data.columns())
                .extracting(TidyTable.Column::name)
                .containsExactly("curve", "time", "at_risk", "events", "censored", "survival", "lower", "upper");
        assertThat(data.rowCount()).isEqualTo(6);
        assertThat(row(data, 0)).startsWith("All", 0.0, 4.0, 0.0, 0.0, 1.0, null, null);
        assertThat(row(data, 1)).startsWith("All", 2.0, 3.0, 1.0, 1.0, 0.75);
        assertThat(row(data, 2)).startsWith("All", 4.0, 1.0, 2.0, 2.0, 0.375);
        assertThat(row(data, 3)).startsWith("Model", 0.0, null, null, null, 1.0);
    }

    private static List<Object> row(TidyTable data, int row) {
        List<Object> cells = new ArrayList<>();
        for (int j = 0; j < data.columns().size(); j++) {
            cells.add(data.value(row, j));
        }
        return cells;
    }

    @Test
    void incidenceAndStateDataAreTidyToo() {
        TidyTable cif = GalleryTest.twoCauses().withXBreaks(0, 60).tidy();
        assertThat(cif.rowCount()).isEqualTo(4);
        assertThat(cif.value(0, "group")).isEqualTo("All patients");
        assertThat(cif.value(2, "cause")).isEqualTo("NRM");
        assertThat(cif.value(0, "at_risk")).isEqualTo(137.0);
        TidyTable states = GalleryTest.states().withXBreaks(0, 60).tidy();
        assertThat(states.rowCount()).isEqualTo(10);
        assertThat(states.value(0, "state")).isEqualTo("Alive in remission");
        assertThat(states.value(0, "probability")).isEqualTo(1.0);
    }

    @Test
    void descriptionsSayWhatTheFigureShows() {
        Fakes.KaplanMeier km = new Fakes.KaplanMeier(new double[] {1, 2, 3, 4}, new int[] {1, 0, 1, 0});
        SurvivalFigure figure = SurvivalFigure.of("All", km)
                .withOverlay("Weibull", Fakes.smooth(t -> 0.5))
                .withUnit(DurationUnit.YEARS)
                .withTitle("Survival?")
                .withPercentAxis(true);
        assertThat(figure.toChart().description())
                .isEqualTo("Survival? Survival curve from 0 to 4 years. All (n = 4): 75% at 2 years, 38% at 3 years,"
                        + " 38% at 4 years; median 3 years (95% CI 1.5 to not estimable)."
                        + " Model Weibull: 50% at 2 years, 50% at 3 years, 50% at 4 years.");
        assertThat(figure.withAltText("My own words").toChart().description()).isEqualTo("My own words");
        assertThat(GalleryTest.twoCauses().toChart().description())
                .contains("Cumulative incidence, 2 curves from 0 to 60 months.")
                .contains("All patients: n = 137.")
                .contains("Relapse: ")
                .contains("33% at 60 months");
        assertThat(GalleryTest.states().toChart().description())
                .contains("Stacked areas of the probabilities of 5 states from 0 to 60 months, from the bottom up.")
                .contains("Dead without relapse: ");
    }

    @Test
    void namesTellApartWhatDiffers() {
        var relapse1 = Fakes.competing(1, 30, 0.3, 0.2, 1, "1");
        var relapse2 = Fakes.competing(2, 40, 0.3, 0.2, 1, "1");
        var death1 = Fakes.competing(1, 30, 0.3, 0.2, 2, "2");
        Map<String, Fakes.Incidence> groups = new LinkedHashMap<>();
        groups.put("A", relapse1);
        groups.put("B", relapse2);
        CumulativeIncidenceFigure byGroup = CumulativeIncidenceFigure.ofGroups(groups);
        assertThat(names(byGroup)).containsExactly("A", "B");
        assertThat(names(byGroup.withCurve("A", death1)
                        .withCauseLabel("1", "Relapse")
                        .withCauseLabel("2", "NRM")))
                .containsExactly("A, Relapse", "B, Relapse", "A, NRM");
        assertThat(names(CumulativeIncidenceFigure.of(relapse1, death1).withCauseLabel("2", "NRM")))
                .containsExactly("1", "NRM");
        FigureModel two = byGroup.withCurve("A", death1).model();
        assertThat(two.blocks().get(0).rows())
                .extracting(FigureModel.Row::label)
                .containsExactly("A", "B");
        assertThat(two.blocks().get(0).rows().get(1).cells().get(0)).isEqualTo("40");
    }

    private static List<String> names(CumulativeIncidenceFigure figure) {
        return figure.model().curves().stream().map(c -> c.name).toList();
    }

    @Test
    void aCurveThatIsKnownForEverEndsAtItsLastJump() {
        SurvivalFunction extinct =
                new DelegatingSurvival(new Fakes.KaplanMeier(new double[] {1, 2, 3, 5}, new int[] {1, 1, 1, 1})) {
                    @Override
                    public double horizon() {
                        return Double.POSITIVE_INFINITY;
                    }
                };
        assertThat(SurvivalFigure.of("All", extinct).model().x().max()).isEqualTo(5);
    }

    @Test
    void followUpCanComeFromElsewhere() {
        var smooth = Fakes.smoothIncidence("Relapse", t -> 0.3 * (1 - Math.exp(-t)));
        FigureModel model = CumulativeIncidenceFigure.of(smooth)
                .withFollowUp(CumulativeIncidenceFigure.ALL, Fakes.simulated(3, 25, 0.5, 10, 60))
                .withRiskTable(RiskTable.atRisk().withCumulativeEvents().withCumulativeCensored())
                .withXLimits(0, 24)
                .withEndLabels(false)
                .withConfidence(ConfidenceStyle.LINES)
                .withYLimit(0.4)
                .model();
        assertThat(model.blocks())
                .extracting(FigureModel.Block::heading)
                .containsExactly(
                        "Number at risk", "Cumulative number of events of any cause", "Cumulative number censored");
        assertThat(model.blocks().get(0).rows().get(0).cells().get(0)).isEqualTo("25");
        assertThat(model.y().max()).isEqualTo(0.4);
        assertThat(model.endLabels()).isEmpty();
    }

    @Test
    void bandsAreForFewCurvesUnlessAskedFor() {
        assertThat(GalleryTest.threeGroupFigure().model().curves()).allMatch(c -> c.confidence == ConfidenceStyle.BAND);
        assertThat(GalleryTest.tenGroups().model().curves()).allMatch(c -> c.confidence == ConfidenceStyle.NONE);
        assertThat(GalleryTest.tenGroups()
                        .withConfidence(ConfidenceStyle.BAND)
                        .model()
                        .curves())
                .allMatch(c -> c.confidence == ConfidenceStyle.BAND);
    }

    @Test
    void marksAreForFewCensoredUnlessAskedFor() {
        double[] times = new double[200];
        java.util.Arrays.setAll(times, i -> i + 1.0);
        SurvivalFigure figure = SurvivalFigure.of("All", new Fakes.KaplanMeier(times, new int[200]));
        assertThat(figure.model().curves().get(0).censorMarks.x).isEmpty();
        assertThat(figure.withCensorMarks(true).model().curves().get(0).censorMarks.x)
                .hasSize(200);
        assertThat(figure.withXLimits(0, 100).model().curves().get(0).censorMarks.x)
                .hasSize(100);
        assertThat(figure.withXLimits(0, 100)
                        .withCensorMarks(false)
                        .model()
                        .curves()
                        .get(0)
                        .censorMarks
                        .x)
                .isEmpty();
    }

    @Test
    void curvesDifferByDashesInGrey() {
        List<String> dashes = new ArrayList<>();
        for (Curve curve : GalleryTest.tenGroups().model().curves()) {
            dashes.add(java.util.Arrays.toString(curve.dash));
        }
        assertThat(dashes).doesNotHaveDuplicates().hasSize(10);
        assertThat(GalleryTest.tenGroups()
                        .withPalette(Palette.okabeIto().withDashes(false))
                        .model()
                        .curves())
                .allMatch(c -> c.dash.length == 0);
        assertThat(Palette.grey().colors()).hasSize(3);
    }

    @Test
    void anOverlayOfACurveTakesItsColourDarkened() {
        SurvivalFunction model = Fakes.cure(0.3, 1, 10);
        List<Curve> curves = GalleryTest.threeGroupFigure()
                .withOverlay("General", model)
                .withOverlay("Fit", model, "AML low risk")
                .model()
                .curves();
        assertThat(curves.get(4).color)
                .isEqualTo(Palette.okabeIto().colors().get(1).darker());
        assertThat(curves.get(3).color).isNotEqualTo(curves.get(4).color);
        assertThat(curves.get(4).dash).isNotEmpty();
    }

    @Test
    void describesNoMedianWhereTheModelHasNone() {
        Fakes.KaplanMeier km = new Fakes.KaplanMeier(new double[] {1, 2, 3, 4}, new int[] {1, 1, 1, 1});
        String levelling = SurvivalFigure.of("All", km)
                .withOverlay("Model", Fakes.cure(0.6, 1, 10), "All")
                .toChart()
                .description();
        String falling = SurvivalFigure.of("All", km)
                .withOverlay("Model", Fakes.cure(0.1, 1, 10), "All")
                .toChart()
                .description();

        assertThat(levelling).contains("no median is given, as the model has none");
        assertThat(falling).contains("median time 2").doesNotContain("no median");
    }

    @Test
    void anOverlayOfACauseTakesItsColourDarkened() {
        IncidenceFunction model = Fakes.smoothIncidence("NRM", t -> 0.2);
        CumulativeIncidenceFigure figure = GalleryTest.twoCauses().withOverlay("Model: NRM", model, "NRM");
        Curve overlay = figure.model().curves().get(2);

        assertThat(overlay.color).isEqualTo(Palette.okabeIto().colors().get(1).darker());
        assertThat(overlay.dash).isNotEmpty();
        assertThat(figure.toChart().description()).contains(" Model: NRM: 20%").doesNotContain("Model Model");
        assertThatThrownBy(() -> GalleryTest.twoCauses().withOverlay("Model", model, "other"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("cause under the model is 'other'; allowed: one of ");
        assertThatThrownBy(() -> CumulativeIncidenceFigure.ofGroups(Map.of("A", model, "B", model))
                        .withOverlay("Model", model, "NRM"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("groups under a model of one cause is 2; allowed: 1");
    }

    @Test
    void anInterruptedIntervalInterruptsTheBand() {
        SurvivalFunction patchy = new PatchySurvival();
        Curve curve = SurvivalFigure.of("x", patchy).model().curves().get(0);
        assertThat(curve.bands).hasSize(2);
        assertThat(curve.bands.get(0).x).containsExactly(1, 2);
        assertThat(curve.bands.get(1).x).containsExactly(3, 4);
    }

    /** Jumps at 1, 2, 3; no interval on [2, 3). */
    private static final class PatchySurvival extends DelegatingSurvival {
        PatchySurvival() {
            super(new Fakes.KaplanMeier(new double[] {1, 2, 3, 4}, new int[] {1, 1, 1, 0}));
        }

        @Override
        public io.engraft.curve.PointEstimate survivalAt(double t) {
            var point = super.survivalAt(t);
            return t >= 2 && t < 3
                    ? io.engraft.curve.PointEstimate.of(
                            point.estimate(), 0.1, io.engraft.curve.Interval.partial(Double.NaN, 0.9, 0.95, "patchy"))
                    : point;
        }
    }

    private static class DelegatingSurvival implements SurvivalFunction {
        private final SurvivalFunction inner;

        DelegatingSurvival(SurvivalFunction inner) {
            this.inner = inner;
        }

        @Override
        public io.engraft.curve.PointEstimate survivalAt(double t) {
            return inner.survivalAt(t);
        }

        @Override
        public double[] survivalValues(double[] times) {
            return inner.survivalValues(times);
        }

        @Override
        public io.engraft.curve.PointEstimate quantile(double p) {
            return inner.quantile(p);
        }

        @Override
        public io.engraft.curve.PointEstimate restrictedMean(double tau) {
            return inner.restrictedMean(tau);
        }

        @Override
        public double[][] survivalCovariance(double[] times) {
            return inner.survivalCovariance(times);
        }

        @Override
        public double horizon() {
            return inner.horizon();
        }

        @Override
        public double[] jumpTimes() {
            return inner.jumpTimes();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "84, 8, MONTHS, 12", "60, 8, MONTHS, 12", "36, 8, MONTHS, 6", "18, 8, MONTHS, 3", "6, 8, MONTHS, 1",
        "200, 8, MONTHS, 36", "84, 4, MONTHS, 24", "1800, 8, DAYS, 365", "700, 8, DAYS, 90", "365, 8, DAYS, 60",
        "180, 8, DAYS, 30", "20, 8, DAYS, 5", "10, 8, YEARS, 2", "5, 8, YEARS, 1", "25, 8, YEARS, 5",
        "2, 8, YEARS, 0.5", "37, 8, , 5", "0.3, 8, , 0.05", "20000, 8, MONTHS, 5000",
    })
    void stepsSuitTheUnit(double span, int most, DurationUnit unit, double step) {
        assertThat(TimeTicks.step(span, most, unit)).isEqualTo(step);
    }

    @Test
    void theUnitMayStandInTheAxisTitle() {
        assertThat(TimeTicks.unitIn("Months since transplant")).isEqualTo(DurationUnit.MONTHS);
        assertThat(TimeTicks.unitIn("Time (day)")).isEqualTo(DurationUnit.DAYS);
        assertThat(TimeTicks.unitIn("Years")).isEqualTo(DurationUnit.YEARS);
        assertThat(TimeTicks.unitIn("Birthdays")).isNull();
        assertThat(AxisMaker.timeTitle(new FigureOptions())).isEqualTo("Time");
        assertThat(AxisMaker.timeTitle(FigureOptions.changed(new FigureOptions(), o -> o.unit = DurationUnit.DAYS)))
                .isEqualTo("Days");
    }

    @Test
    void tickLabelsHaveTheDecimalsTheyNeed() {
        assertThat(TimeTicks.label(12, 6)).isEqualTo("12");
        assertThat(TimeTicks.label(0.5, 0.5)).isEqualTo("0.5");
        assertThat(TimeTicks.label(1, 0.5)).isEqualTo("1.0");
        assertThat(TimeTicks.label(2.25, 1)).isEqualTo("2.25");
        assertThat(TimeTicks.multiples(0, 0.3, 0.1)).containsExactly(0.0, 0.1, 0.2, 0.3);
        assertThat(TimeTicks.multiples(0, 1, 1e-9)).hasSizeLessThan(500);
    }

    @Test
    void numbersAreNeverRoundedToCertainty() {
        assertThat(Numbers.probability(0.004, true)).isEqualTo("0.4%");
        assertThat(Numbers.probability(0.998, true)).isEqualTo("99.8%");
        assertThat(Numbers.probability(1, true)).isEqualTo("100%");
        assertThat(Numbers.probability(0.001, false)).isEqualTo("0.001");
        assertThat(Numbers.probability(0.5, false)).isEqualTo("0.50");
        assertThat(Numbers.count(999)).isEqualTo("999");
        assertThat(Numbers.count(1234567)).isEqualTo("1,234,567");
        assertThat(Numbers.count(12.25)).isEqualTo("12.3");
        assertThat(Numbers.time(13.75)).isEqualTo("13.8");
        assertThat(Numbers.time(0.125)).isEqualTo("0.125");
        assertThat(Numbers.time(412.7)).isEqualTo("413");
    }

    @Test
    void textColoursReadOnWhite() {
        for (java.awt.Color color : Palette.okabeIto().colors()) {
            assertThat(io.engraft.charts.internal.Ink.contrastOnWhite(io.engraft.charts.internal.Ink.readable(color)))
                    .isGreaterThanOrEqualTo(4.5);
        }
        assertThat(io.engraft.charts.internal.Ink.contrastOnWhite(io.engraft.charts.internal.Ink.GREY))
                .isGreaterThan(4.5);
    }
}
