package io.engraft.examples;

import io.engraft.charts.CumulativeIncidenceFigure;
import io.engraft.data.Datasets;
import io.engraft.data.DurationUnit;
import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.data.io.ColumnRoles;
import io.engraft.data.io.CsvData;
import io.engraft.data.io.CsvSource;
import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.IncidenceEstimate;
import java.nio.file.Path;
import java.util.List;

/** Draws the cumulative incidence of relapse and of death without it, with the numbers at risk. */
public final class CompetingRisksFigure {

    private CompetingRisksFigure() {}

    public static void main(String[] args) {
        SurvivalData patients = CsvData.read(
                CsvSource.of(Datasets.bmtcrr()),
                ColumnRoles.of("months", "status")
                        .withCauseLabels(List.of("relapse", "death without relapse"))
                        .withUnit(DurationUnit.MONTHS));
        IncidenceEstimate estimate = AalenJohansen.withDefaults().fit(EventTable.of(patients));
        CumulativeIncidenceFigure figure = CumulativeIncidenceFigure.of(
                        estimate.incidence("relapse"), estimate.incidence("death without relapse"))
                .withTitle("After transplantation")
                .withUnit(DurationUnit.MONTHS)
                .withXLimits(0, 60)
                .withFollowUp(CumulativeIncidenceFigure.ALL, estimate)
                .withEndLabels(true);
        figure.save(Path.of("competing-risks.svg"));
        figure.save(Path.of("competing-risks.png"));
        for (String cause : estimate.causes()) {
            System.out.println(
                    cause + " by 12 months: " + estimate.incidence(cause).incidenceAt(12));
        }
        System.out.println("1 - KM of relapse would be too high by "
                + estimate.oneMinusKaplanMeier("relapse").at(12).bias());
    }
}
