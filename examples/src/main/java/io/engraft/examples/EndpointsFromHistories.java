package io.engraft.examples;

import io.engraft.data.Datasets;
import io.engraft.data.DurationUnit;
import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.data.io.CsvOutput;
import io.engraft.data.io.CsvSource;
import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.KaplanMeier;
import io.engraft.history.Endpoint;
import io.engraft.history.EndpointRules;
import io.engraft.history.HistoryCsv;
import io.engraft.history.HistoryTable;
import java.nio.file.Path;
import java.util.List;

/** From what happened to patients after transplantation to endpoints, their curves and an analysis file. */
public final class EndpointsFromHistories {

    private EndpointsFromHistories() {}

    public static void main(String[] args) {
        HistoryTable histories = HistoryCsv.read(CsvSource.of(Datasets.histories()));
        EndpointRules rules = EndpointRules.withDefaults().withRelapseCompetingWithGvhd(true);
        rules.describe().forEach(System.out::println);

        for (Endpoint endpoint : List.of(Endpoint.OS, Endpoint.DFS, Endpoint.GRFS)) {
            SurvivalData data = histories.endpoint(endpoint, rules, DurationUnit.MONTHS);
            System.out.println(endpoint.label() + " at 24 months: "
                    + KaplanMeier.withDefaults().fit(EventTable.of(data)).survivalAt(24));
        }
        for (Endpoint endpoint : List.of(Endpoint.RELAPSE, Endpoint.NRM, Endpoint.AGVHD_2_4)) {
            SurvivalData data = histories.endpoint(endpoint, rules, DurationUnit.MONTHS);
            System.out.println(endpoint.label() + " by 24 months: "
                    + AalenJohansen.withDefaults()
                            .fit(EventTable.of(data))
                            .incidence(1)
                            .incidenceAt(24));
        }
        CsvOutput.write(
                histories.endpoints(histories.availableEndpoints(rules), rules, DurationUnit.MONTHS),
                Path.of("endpoints.csv"));
    }
}
