package io.engraft.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.InvalidArgumentException;
import io.engraft.data.Categories;
import io.engraft.data.EventTable;
import io.engraft.data.MultiStateData;
import io.engraft.data.SurvivalData;
import io.engraft.data.TidyTable;
import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.IncidenceEstimate;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import io.engraft.estimate.states.OccupancyEstimate;
import io.engraft.estimate.states.StateOccupancy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Where curves begin and end: the axis, the numbers at risk there, and the labels. The numbers at risk are those of R's
 * {@code summary(survfit(Surv(e, t, s > 0) ~ 1, start.time = ..), times = ..)}.
 */
class OriginTest {

    private static final double[] TIME = {5, 8, 11, 14, 20, 26, 31, 40};
    private static final int[] STATUS = {1, 0, 1, 2, 0, 1, 0, 1};
    private static final double[] FROM_ZERO = new double[8];
    private static final double[] LATE = {0, 0, 6, 0, 9, 0, 12, 0};

    private static SurvivalData rows(double @Nullable [] entry) {
        SurvivalData.Builder builder = SurvivalData.builder(TIME, STATUS).causes(List.of("relapse", "death"));
        return (entry == null ? builder : builder.entry(entry)).build();
    }

    private static List<String> atRisk(Figure<?> figure) {
        return figure.model().blocks().get(0).rows().get(0).cells();
    }

    private static List<Double> ticks(Figure<?> figure) {
        return figure.model().x().ticks().stream().map(Axis.Tick::value).toList();
    }

    private static SurvivalFigure survival(double @Nullable [] entry, double start) {
        SurvivalEstimate estimate = KaplanMeier.withDefaults().withStart(start).fit(EventTable.of(rows(entry)));
        return SurvivalFigure.of("All", estimate);
    }

    private static CumulativeIncidenceFigure incidence(double @Nullable [] entry, double start) {
        IncidenceEstimate estimate =
                AalenJohansen.withDefaults().withStart(start).fit(EventTable.of(rows(entry)));
        return CumulativeIncidenceFigure.of(estimate.incidence("relapse"), estimate.incidence("death"))
                .withFollowUp(CumulativeIncidenceFigure.ALL, estimate);
    }

    @Test
    void whoeverEntersAtTimeZeroIsAtRiskThere() {
        for (Figure<?> figure : List.of(
                survival(FROM_ZERO, 0).withXBreaks(0, 5, 12),
                survival(null, 0).withXBreaks(0, 5, 12),
                incidence(FROM_ZERO, 0).withXBreaks(0, 5, 12),
                incidence(null, 0).withXBreaks(0, 5, 12))) {
            assertThat(atRisk(figure)).as("%s", figure).containsExactly("8", "8", "5");
            assertThat(figure.tidy().value(0, "at_risk")).isEqualTo(8.0);
            assertThat(figure.toChart().description()).contains("n = 8");
        }
    }

    @Test
    void whoeverEntersLaterIsNotThereYet() {
        // At 0 five are there; at 9 the fifth row has not entered (entry < t); at 12 neither has the seventh.
        SurvivalFigure figure = survival(LATE, 0).withXBreaks(0, 5, 9, 10, 12, 13);
        assertThat(atRisk(figure)).containsExactly("5", "5", "4", "5", "4", "5");
        assertThat(atRisk(incidence(LATE, 0).withXBreaks(0, 5, 9, 10, 12, 13)))
                .containsExactly("5", "5", "4", "5", "4", "5");
    }

    @Test
    void aConditionalCurveBeginsItsAxisAndItsTable() {
        for (Figure<?> figure : List.of(survival(null, 12), survival(FROM_ZERO, 12), incidence(null, 12))) {
            assertThat(figure.model().x().min()).isEqualTo(12);
            assertThat(ticks(figure).get(0)).isEqualTo(12.0);
            assertThat(atRisk(figure).get(0)).as("%s", figure).isEqualTo("5");
            assertThat(figure.tidy().value(0, "time")).isEqualTo(12.0);
            assertThat(figure.tidy().value(0, "at_risk")).isEqualTo(5.0);
        }
        // The seventh enters at 12 itself.
        assertThat(atRisk(survival(LATE, 12)).get(0)).isEqualTo("5");
        SurvivalFigure odd = survival(null, 10).withUnit(io.engraft.data.DurationUnit.MONTHS);
        assertThat(ticks(odd)).startsWith(10.0, 18.0, 24.0);
        assertThat(atRisk(odd)).startsWith("6", "4", "3");
    }

    @Test
    void beforeTheConditionNothingIsCounted() {
        SurvivalFigure figure = survival(null, 12).withXLimits(0, 40).withXBreaks(0, 6, 12, 24);
        assertThat(atRisk(figure)).containsExactly("", "", "5", "3");
        TidyTable data = figure.tidy();
        assertThat(data.value(0, "at_risk")).isNull();
        assertThat(data.value(1, "events")).isNull();
        assertThat(data.value(2, "at_risk")).isEqualTo(5.0);
    }

    @Test
    void theAxisEndsWhereItIsTold() {
        SurvivalFigure figure = survival(null, 12).withXEnd(30);
        assertThat(figure.model().x().min()).isEqualTo(12);
        assertThat(figure.model().x().max()).isEqualTo(30);
        assertThatThrownBy(() -> survival(null, 12).withXEnd(12).toChart())
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("end of the time axis is 12.0; allowed: after 12.0, where the curves begin");
        assertThatThrownBy(() -> survival(null, 12).withXEnd(0)).isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void aLabelSpeaksOfATimeWithEnoughAtRisk() {
        // 20 rows: one event each at 1..20 months; from 12 on fewer than ten are at risk.
        List<Double> times = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            times.add((double) i);
        }
        double[] time = times.stream().mapToDouble(t -> t).toArray();
        int[] status = new int[20];
        java.util.Arrays.fill(status, 1);
        IncidenceEstimate estimate = AalenJohansen.withDefaults().fit(time, status);
        CumulativeIncidenceFigure figure = CumulativeIncidenceFigure.of(estimate.incidence("1"))
                .withFollowUp(CumulativeIncidenceFigure.ALL, estimate)
                .withXLabel("Months")
                .withXBreaksEvery(6);
        assertThat(figure.model().endLabels().get(0).detail()).isEqualTo("30% at 6 months");
        assertThat(figure.withXEnd(11).model().endLabels().get(0).detail()).isEqualTo("55% at 11 months");
        assertThat(incidence(null, 0)
                        .withXLabel("Months")
                        .model()
                        .endLabels()
                        .get(0)
                        .detail())
                .endsWith(" months, 0 at risk");
        assertThat(StateOccupationFigure.of(estimate)
                        .withXLabel("Months")
                        .withXBreaksEvery(6)
                        .model()
                        .endLabels())
                .extracting(FigureModel.EndLabel::detail)
                .containsExactly("70% at 6 months", "30% at 6 months");
        assertThat(figure.model().labelTime()).isEqualTo(6);
    }

    /** Shares of 24 and of 36 months stood beside each other as if they could be compared. */
    @Test
    void labelsOfAllCurvesAreOfOneTime() {
        double[] time = new double[60];
        int[] status = new int[60];
        List<String> group = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            boolean small = i % 3 == 0;
            group.add(small ? "A" : "B");
            time[i] = 1 + i * (small ? 0.5 : 1);
            status[i] = i % 4 == 3 ? 0 : 1 + i % 2;
        }
        Map<String, IncidenceEstimate> fits = AalenJohansen.withDefaults()
                .fit(SurvivalData.builder(time, status)
                        .group(Categories.of(group))
                        .build())
                .asMap();
        CumulativeIncidenceFigure figure = CumulativeIncidenceFigure.ofGroups(
                Map.of("A", Objects.requireNonNull(fits.get("A")).incidence("1")));
        figure = figure.withCurve("B", Objects.requireNonNull(fits.get("B")).incidence("1"));
        for (Map.Entry<String, IncidenceEstimate> fit : fits.entrySet()) {
            figure = figure.withCurve(fit.getKey(), fit.getValue().incidence("2"))
                    .withFollowUp(fit.getKey(), fit.getValue());
        }
        List<FigureModel.EndLabel> labels =
                figure.withXLabel("Months").withXBreaksEvery(6).model().endLabels();
        assertThat(labels).hasSize(4);
        // Ten of the smaller group are at risk at 12 months; of the greater one there would be at 36 too.
        double a = Objects.requireNonNull(fits.get("A"))
                .incidence("1")
                .incidenceAt(12)
                .estimate();
        double b = Objects.requireNonNull(fits.get("B"))
                .incidence("1")
                .incidenceAt(12)
                .estimate();
        assertThat(labels).allMatch(l -> l.detail().endsWith("% at 12 months"));
        assertThat(labels.get(0).detail()).startsWith(Math.round(100 * a) + "%");
        assertThat(labels.get(1).detail()).startsWith(Math.round(100 * b) + "%");
    }

    @Test
    void statesBeginWhereTheirEstimateDoes() {
        OccupancyEstimate estimate = StateOccupancy.withDefaults()
                .withStart(12)
                .fit(MultiStateData.of(rows(null)))
                .asMap()
                .values()
                .iterator()
                .next();
        assertThat(estimate.numberAtRisk(12)).hasValue(5);
        assertThat(estimate.numberAtRisk(14)).hasValue(5);
        assertThat(estimate.numberAtRisk(15)).hasValue(4);
        assertThat(estimate.numberAtRisk(41)).hasValue(0);
        StateOccupationFigure figure = StateOccupationFigure.of(estimate);
        assertThat(figure.model().x().min()).isEqualTo(12);
        // The number at risk is that of all states, so said once.
        assertThat(figure.model().endLabels())
                .extracting(FigureModel.EndLabel::detail)
                .filteredOn(d -> d.contains("at risk"))
                .singleElement()
                .asString()
                .endsWith(" at risk in all");
    }
}
