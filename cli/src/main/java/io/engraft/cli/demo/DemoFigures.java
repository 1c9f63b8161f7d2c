package io.engraft.cli.demo;

import io.engraft.charts.CumulativeIncidenceFigure;
import io.engraft.charts.Figure;
import io.engraft.charts.RiskTable;
import io.engraft.charts.StateOccupationFigure;
import io.engraft.charts.SurvivalFigure;
import io.engraft.data.DurationUnit;
import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.IncidenceEstimate;
import io.engraft.estimate.KaplanMeier;
import io.engraft.multistate.FateState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures of the demo, by file name. */
final class DemoFigures {

    static final String SURVIVAL = "event-free-survival";
    static final String BY_DISEASE = "event-free-survival-by-disease";
    static final String INCIDENCE = "cumulative-incidence";
    static final String MODEL_SURVIVAL = "jmml-event-free-survival";
    static final String MODEL_INCIDENCE = "jmml-cumulative-incidence";
    static final String STATES = "jmml-states";

    private static final double LAST = 60;
    private static final double[] BREAKS = {0, 6, 12, 24, 36, 48, 60};
    private static final String PATIENTS = "177 patients with acute leukemia (Scrucca et al. 2007)";
    private static final String MODEL = "JMML model from published rates; 1,000 simulated patients";

    private DemoFigures() {}

    static Map<String, Figure<?>> of(DemoStudy study) {
        Map<String, Figure<?>> figures = new LinkedHashMap<>();
        figures.put(
                SURVIVAL,
                months(SurvivalFigure.of("All patients", study.survival())
                        .medianLines(true)
                        .riskTable(RiskTable.atRisk().withCumulativeEvents())
                        .yLabel("Alive without an event")
                        .title("Event-free survival after transplantation")
                        .subtitle(PATIENTS)
                        .caption("Kaplan-Meier; an event is relapse or the competing event; band: 95 %, log-log.")));
        figures.put(
                BY_DISEASE,
                months(SurvivalFigure.of(study.survivalByDisease())
                        .medianLines(true)
                        .riskTable(RiskTable.atRisk())
                        .yLabel("Alive without an event")
                        .title("Event-free survival by disease")
                        .subtitle(PATIENTS)
                        .caption("Kaplan-Meier; bands: 95 %, log-log, for each curve alone. No test was made.")));
        IncidenceEstimate incidence = study.incidence();
        figures.put(
                INCIDENCE,
                months(CumulativeIncidenceFigure.of(
                                incidence.incidence("relapse"), incidence.incidence("competing event"))
                        .followUp(CumulativeIncidenceFigure.ALL, incidence)
                        .riskTable(RiskTable.atRisk())
                        .title("Relapse and the competing event after transplantation")
                        .subtitle(PATIENTS)
                        .caption("Aalen-Johansen; bands: 95 %, log-log.")));
        addModel(figures, study);
        return figures;
    }

    private static void addModel(Map<String, Figure<?>> figures, DemoStudy study) {
        figures.put(
                MODEL_SURVIVAL,
                months(SurvivalFigure.of(
                                "Simulated patients", KaplanMeier.withDefaults().fit(study.sample()))
                        .overlay("Model", study.mixture().eventFreeSurvival(), "Simulated patients")
                        .censorMarks(false)
                        .riskTable(RiskTable.atRisk())
                        .yLabel("Alive, never relapsed")
                        .title("JMML: alive and never relapsed, simulated and by the model")
                        .subtitle(MODEL)
                        .caption("Kaplan-Meier of the simulated patients with 95 % band; dashed: the model itself.")));
        IncidenceEstimate simulated = AalenJohansen.withDefaults().fit(study.sample());
        figures.put(
                MODEL_INCIDENCE,
                months(
                        CumulativeIncidenceFigure.of(simulated.incidence("relapse"), simulated.incidence("nrm"))
                                .causeLabel("relapse", "Relapse")
                                .causeLabel("nrm", "Death without relapse")
                                .overlay("Model: relapse", study.mixture().incidence("relapse"), "relapse")
                                .overlay(
                                        "Model: death without relapse",
                                        study.mixture().incidence("nrm"),
                                        "nrm")
                                .followUp(CumulativeIncidenceFigure.ALL, simulated)
                                .riskTable(RiskTable.atRisk())
                                .title("JMML: relapse and death without relapse, simulated and by the model")
                                .subtitle(MODEL)
                                .caption(
                                        "Aalen-Johansen of the simulated patients with 95 % bands; short dark dashes: the model.")));
        StateOccupationFigure states = StateOccupationFigure.of(study.solution());
        for (FateState state : study.jmml().model().states()) {
            states = states.stateLabel(state.name(), capital(state.label()));
        }
        figures.put(
                STATES,
                months(states.order(List.of(
                                "remission",
                                "second-remission",
                                "relapsed",
                                "relapsed-again",
                                "dead-after-relapse",
                                "dead-without-relapse"))
                        .yLabel("Share of patients")
                        .title("JMML: where patients are over time after a first transplant")
                        .subtitle("By the model from published rates; much after relapse is assumed")
                        .caption("Solved, not simulated. Assumptions and their ranges are in the report.")));
    }

    static String capital(String text) {
        return text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
    }

    private static <F extends Figure<F>> F months(F figure) {
        return figure.unit(DurationUnit.MONTHS)
                .xLabel("Months since transplantation")
                .xLimits(0, LAST)
                .xBreaks(BREAKS)
                .percentAxis(true);
    }
}
