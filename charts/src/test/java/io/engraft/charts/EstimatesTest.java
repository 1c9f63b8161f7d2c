package io.engraft.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
                .title("Event-free survival by phase")
                .xLabel("Months since transplantation")
                .medianLines(true);
        Files.createDirectories(FOLDER);
        FigureChart chart = figure.toChart();
        chart.save(FOLDER.resolve("estimates-km.png"));
        TextBoxes.assertNoOverlap(chart);
        TidyTable data = figure.tableData();
        double atStart = 0;
        for (int i = 0; i < data.rowCount(); i++) {
            if (Double.valueOf(0).equals(data.value(i, "time"))) {
                atStart += data.value(i, "atRisk") instanceof Double n ? n : Double.NaN;
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
                .followUp(CumulativeIncidenceFigure.ALL, estimate)
                .causeLabel("1", "Relapse")
                .causeLabel("2", "Non-relapse mortality")
                .xLabel("Months since transplantation");
        Files.createDirectories(FOLDER);
        FigureChart chart = figure.toChart();
        chart.save(FOLDER.resolve("estimates-cif.png"));
        TextBoxes.assertNoOverlap(chart);
        assertThat(chart.description()).contains("All patients: n = 177.").contains("Relapse: ");
        FigureChart states = StateOccupationFigure.of(estimate)
                .xLabel("Months")
                .xLimits(0, 60)
                .toChart();
        states.save(FOLDER.resolve("estimates-states.png"));
        TextBoxes.assertNoOverlap(states);
    }

    @Test
    void aConditionalCurveStartsAtItsCondition() {
        SurvivalEstimate later =
                KaplanMeier.withDefaults().withStart(2.25).fit(new double[] {1, 2, 3, 4, 5}, new int[] {1, 1, 1, 0, 1});
        SvgReader svg = new SvgReader(
                SurvivalFigure.of("Survivors", later).xLimits(0, 5).toChart().svg());
        List<double[]> drawn = svg.path("curve-1", 0);
        assertThat(svg.time(drawn.get(0)[0])).isCloseTo(2.25, within(0.01));
        assertThat(svg.probability(drawn.get(0)[1])).isCloseTo(1, within(1e-4));
        assertThat(svg.time(drawn.get(1)[0])).isCloseTo(3, within(0.01));
    }
}
