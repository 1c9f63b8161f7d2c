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
    private static final String SIMULATED = "Simulated patients";
    private static final String PATIENTS = "177 patients with acute leukemia (Scrucca et al. 2007)";
    private static final String MODEL = "JMML model from published rates; 1,000 simulated patients";

    private DemoFigures() {}

    static Map<String, Figure<?>> of(DemoStudy study) {
        Map<String, Figure<?>> figures = new LinkedHashMap<>();
        figures.put(
                SURVIVAL,
                months(SurvivalFigure.of("All patients", study.survival())
                        .withMedianLines(true)
                        .withRiskTable(RiskTable.atRisk().withCumulativeEvents())
                        .withYLabel("Alive without an event")
                        .withTitle("Event-free survival after transplantation")
                        .withSubtitle(PATIENTS)
                        .withCaption(
                                "Kaplan-Meier; an event is relapse or the competing event; band: 95 %, log-log.")));
        figures.put(
                BY_DISEASE,
                months(SurvivalFigure.of(study.survivalByDisease())
                        .withMedianLines(true)
                        .withRiskTable(RiskTable.atRisk())
                        .withYLabel("Alive without an event")
                        .withTitle("Event-free survival by disease")
                        .withSubtitle(PATIENTS)
                        .withCaption("Kaplan-Meier; bands: 95 %, log-log, for each curve alone. No test was made.")));
        IncidenceEstimate incidence = study.incidence();
        figures.put(
                INCIDENCE,
                months(CumulativeIncidenceFigure.of(
                                incidence.incidence("relapse"), incidence.incidence("competing event"))
                        .withFollowUp(CumulativeIncidenceFigure.ALL, incidence)
                        .withRiskTable(RiskTable.atRisk())
                        .withTitle("Relapse and the competing event after transplantation")
                        .withSubtitle(PATIENTS)
                        .withCaption("Aalen-Johansen; bands: 95 %, log-log.")));
        addModel(figures, study);
        return figures;
    }

    private static void addModel(Map<String, Figure<?>> figures, DemoStudy study) {
        figures.put(
                MODEL_SURVIVAL,
                months(SurvivalFigure.of(SIMULATED, KaplanMeier.withDefaults().fit(study.sample()))
                        .withOverlay("Model", study.mixture().eventFreeSurvival(), SIMULATED)
                        .withCensorMarks(false)
                        .withRiskTable(RiskTable.atRisk())
                        .withYLabel("Alive, never relapsed")
                        .withTitle("JMML: alive and never relapsed, simulated and by the model")
                        .withSubtitle(MODEL)
                        .withCaption(
                                "Kaplan-Meier of the simulated patients with 95 % band; dashed: the model itself.")));
        IncidenceEstimate simulated = AalenJohansen.withDefaults().fit(study.sample());
        figures.put(
                MODEL_INCIDENCE,
                months(
                        CumulativeIncidenceFigure.ofGroups(Map.of(SIMULATED, simulated.incidence("relapse")))
                                .withCurve(SIMULATED, simulated.incidence("nrm"))
                                .withCauseLabel("relapse", "Relapse")
                                .withCauseLabel("nrm", "Death without relapse")
                                .withOverlay("Model: relapse", study.mixture().incidence("relapse"), "relapse")
                                .withOverlay(
                                        "Model: death without relapse",
                                        study.mixture().incidence("nrm"),
                                        "nrm")
                                .withFollowUp(SIMULATED, simulated)
                                .withRiskTable(RiskTable.atRisk())
                                .withTitle("JMML: relapse and death without relapse, simulated and by the model")
                                .withSubtitle(MODEL)
                                .withCaption(
                                        "Aalen-Johansen of the simulated patients with 95 % bands; short dark dashes: the model.")));
        StateOccupationFigure states = StateOccupationFigure.of(study.solution());
        for (FateState state : study.jmml().model().states()) {
            states = states.withStateLabel(state.name(), capital(state.label()));
        }
        figures.put(
                STATES,
                months(states.withOrder(List.of(
                                "remission",
                                "second-remission",
                                "relapsed",
                                "relapsed-again",
                                "dead-after-relapse",
                                "dead-without-relapse"))
                        .withYLabel("Share of patients")
                        .withTitle("JMML: where patients are over time after a first transplant")
                        .withSubtitle("By the model from published rates; much after relapse is assumed")
                        .withCaption("Solved, not simulated. Assumptions and their ranges are in the report.")));
    }

    static String capital(String text) {
        return text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
    }

    private static <F extends Figure<F>> F months(F figure) {
        return figure.withUnit(DurationUnit.MONTHS)
                .withXLabel("Months since transplantation")
                .withXLimits(0, LAST)
                .withXBreaks(BREAKS)
                .withPercentAxis(true);
    }
}
