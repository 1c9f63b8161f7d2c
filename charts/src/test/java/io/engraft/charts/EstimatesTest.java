package io.engraft.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.IncidenceFunction;
import io.engraft.data.Grouped;
import io.engraft.data.SurvivalData;
import io.engraft.data.TidyTable;
import io.engraft.data.io.CsvData;
import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.IncidenceEstimate;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Core's own estimates, drawn. */
class EstimatesTest {

    private static final Path FOLDER = Path.of("target", "gallery");

    private static SurvivalData byPhase() {
        SurvivalData all = CsvData.bmtcrr();
        double[] time = new double[all.size()];
        int[] status = new int[all.size()];
        Arrays.setAll(time, all::time);
        Arrays.setAll(status, all::status);
        return SurvivalData.builder(time, status)
                .causes(all.causes())
                .group(all.categoricalCovariate("phase"))
                .build();
    }

    @Test
    void survivalOfFourGroups() throws IOException {
        Grouped<SurvivalEstimate> estimate = KaplanMeier.withDefaults().fit(byPhase());
        SurvivalFigure figure = SurvivalFigure.of(estimate.asMap())
                .withTitle("Event-free survival by phase")
                .withXLabel("Months since transplantation")
                .withMedianLines(true);
        Files.createDirectories(FOLDER);
        FigureChart chart = figure.toChart();
        chart.save(FOLDER.resolve("estimates-km.png"));
        TextBoxes.assertNoOverlap(chart);
        TidyTable data = figure.tidy();
        double atStart = 0;
        for (int i = 0; i < data.rowCount(); i++) {
            if (Double.valueOf(0).equals(data.value(i, "time"))) {
                atStart += data.value(i, "at_risk") instanceof Double n ? n : Double.NaN;
            }
        }
        assertThat(atStart).isEqualTo(177);
    }

    @Test
    void incidenceOfAllCauses() throws IOException {
        SurvivalData all = CsvData.bmtcrr();
        double[] time = new double[all.size()];
        int[] status = new int[all.size()];
        Arrays.setAll(time, all::time);
        Arrays.setAll(status, all::status);
        IncidenceEstimate estimate = AalenJohansen.withDefaults().fit(time, status);
        CumulativeIncidenceFigure figure = CumulativeIncidenceFigure.of(
                        estimate.causes().stream().map(estimate::incidence).toList())
                .withFollowUp(CumulativeIncidenceFigure.ALL, estimate)
                .withCauseLabel("1", "Relapse")
                .withCauseLabel("2", "Non-relapse mortality")
                .withXLabel("Months since transplantation");
        Files.createDirectories(FOLDER);
        FigureChart chart = figure.toChart();
        chart.save(FOLDER.resolve("estimates-cif.png"));
        TextBoxes.assertNoOverlap(chart);
        assertThat(chart.description()).contains("All patients: n = 177.").contains("Relapse: ");
        FigureChart states = StateOccupationFigure.of(estimate)
                .withXLabel("Months")
                .withXLimits(0, 60)
                .toChart();
        states.save(FOLDER.resolve("estimates-states.png"));
        TextBoxes.assertNoOverlap(states);
    }

    @Test
    void aCauseIsNamedByItsCodeOrItsLabel() {
        IncidenceEstimate estimate =
                AalenJohansen.withDefaults().fit(CsvData.bmtcrr()).get("AML");
        String second = estimate.causes().get(1);
        IncidenceFunction model = Fakes.smoothIncidence(second, t -> 0.3 * (1 - Math.exp(-t)));
        // The second alone, so that its place in the figure is not its code.
        CumulativeIncidenceFigure figure = CumulativeIncidenceFigure.of(estimate.incidence(second));
        CumulativeIncidenceFigure byLabel =
                figure.withCauseLabel(second, "Death").withOverlay("Model", model, second);
        CumulativeIncidenceFigure byCode = figure.withCauseLabel(2, "Death").withOverlay("Model", model, 2);
        assertThat(byCode.toChart().svg()).isEqualTo(byLabel.toChart().svg()).contains("Death");
        String message = "status code of a cause is 1; allowed: one of [2]";
        assertThatThrownBy(() -> figure.withCauseLabel(1, "Relapse"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> figure.withOverlay("Model", model, 1)).hasMessage(message);
    }

    @Test
    void aCodeNamesTheCausesOfAllGroups() {
        IncidenceEstimate one =
                AalenJohansen.withDefaults().fit(CsvData.bmtcrr()).get("AML");
        CumulativeIncidenceFigure figure = CumulativeIncidenceFigure.of(
                        one.incidence(one.causes().get(0)))
                .withCurve("Others", one.incidence(one.causes().get(0)))
                .withCurve("Others", one.incidence(one.causes().get(1)))
                .withCauseLabel(1, "Rel.");
        assertThat(figure.model().curves())
                .extracting(c -> c.name)
                .containsExactly(
                        "All patients, Rel.",
                        "Others, Rel.",
                        "Others, " + one.causes().get(1));
    }

    @Test
    void aConditionalCurveStartsAtItsCondition() {
        SurvivalEstimate later =
                KaplanMeier.withDefaults().withStart(2.25).fit(new double[] {1, 2, 3, 4, 5}, new int[] {1, 1, 1, 0, 1});
        SvgReader svg = new SvgReader(SurvivalFigure.of("Survivors", later)
                .withXLimits(0, 5)
                .toChart()
                .svg());
        List<double[]> drawn = svg.path("curve-1", 0);
        assertThat(svg.time(drawn.get(0)[0])).isCloseTo(2.25, within(0.01));
        assertThat(svg.probability(drawn.get(0)[1])).isCloseTo(1, within(1e-4));
        assertThat(svg.time(drawn.get(1)[0])).isCloseTo(3, within(0.01));
    }
}
