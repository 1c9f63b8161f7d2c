package io.engraft.cli.demo;

import io.engraft.calibrate.rates.CompetingRatesModel;
import io.engraft.calibrate.rates.CompetingRatesModel.Point;
import io.engraft.curve.IncidenceFunction;
import io.engraft.curve.PointEstimate;
import io.engraft.data.TidyTable;
import io.engraft.estimate.CauseIncidence.IncidencePoint;
import io.engraft.estimate.IncidenceEstimate;
import io.engraft.estimate.SurvivalEstimate;
import io.engraft.estimate.SurvivalPoint;
import io.engraft.multistate.FateState;
import io.engraft.pathway.EvidenceSource;
import io.engraft.report.internal.Cells;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables of the demo, by file name. */
final class DemoTables {

    static final String SURVIVAL = "event-free-survival";
    static final String INCIDENCE = "cumulative-incidence";
    static final String FATES = "jmml-fates";
    static final String COURSE = "jmml-course";
    static final String FAMILIES = "jmml-families";
    static final String AGREEMENT = "jmml-simulation-against-model";
    static final String STATES = "jmml-states";
    static final String EVENTS = "jmml-after-relapse";
    static final String ASSUMPTIONS = "jmml-assumptions";
    static final String SENSITIVITY = "jmml-sensitivity";
    static final String EVIDENCE = "jmml-evidence";

    /** What the patients of both diseases together are called. */
    static final String ALL = "Both diseases";

    private static final double MONTHS_A_YEAR = 12;
    private static final List<String> AFTER_RELAPSE =
            List.of("relapse", "second-transplant", "second-relapse", "death-after-relapse");

    private DemoTables() {}

    static Map<String, TidyTable> of(DemoStudy study) {
        Map<String, TidyTable> tables = new LinkedHashMap<>();
        tables.put(SURVIVAL, survival(study));
        tables.put(INCIDENCE, incidence(study));
        tables.put(FATES, fates(study));
        tables.put(COURSE, course(study));
        tables.put(FAMILIES, families(study));
        tables.put(AGREEMENT, agreement(study));
        tables.put(STATES, states(study));
        tables.put(EVENTS, events(study));
        tables.put(ASSUMPTIONS, study.jmml().tidy());
        tables.put(SENSITIVITY, study.sensitivity());
        tables.put(EVIDENCE, evidence(study));
        return tables;
    }

    private static TidyTable survival(DemoStudy study) {
        TidyTable.Builder table = shares("patients", "years", "at_risk", "events");
        curves(study).forEach((name, curve) -> {
            for (SurvivalPoint p : curve.at(DemoStudy.TIMES)) {
                table.row(row(name, p.survival(), p.time() / MONTHS_A_YEAR, p.atRisk(), p.events()));
            }
        });
        return table.build();
    }

    /** The curves of all patients and of each disease, by what they are called in tables. */
    static Map<String, SurvivalEstimate> curves(DemoStudy study) {
        Map<String, SurvivalEstimate> curves = new LinkedHashMap<>();
        curves.put(ALL, study.survival());
        curves.putAll(study.survivalByDisease());
        return curves;
    }

    private static TidyTable incidence(DemoStudy study) {
        TidyTable.Builder table = TidyTable.builder()
                .text("patients")
                .text("event")
                .number("years")
                .number("at_risk")
                .number("events")
                .number("share")
                .number("lower")
                .number("upper");
        incidences(study).forEach((name, fit) -> {
            for (String cause : fit.causes()) {
                for (IncidencePoint p : fit.incidence(cause).at(DemoStudy.TIMES)) {
                    table.row(
                            name,
                            cause,
                            p.time() / MONTHS_A_YEAR,
                            p.atRisk(),
                            p.events(),
                            p.incidence().optional().orElse(Double.NaN),
                            lower(p.incidence()),
                            upper(p.incidence()));
                }
            }
        });
        return table.build();
    }

    /** The incidences of all patients and of each disease, by what they are called in tables. */
    static Map<String, IncidenceEstimate> incidences(DemoStudy study) {
        Map<String, IncidenceEstimate> fits = new LinkedHashMap<>();
        fits.put(ALL, study.incidence());
        fits.putAll(study.incidenceByDisease());
        return fits;
    }

    private static TidyTable fates(DemoStudy study) {
        TidyTable.Builder table = shares("fate", "median_months");
        study.mixture().fates().forEach(fate -> {
            var law = fate.law();
            double median = law == null ? Double.NaN : law.median().estimate();
            table.row(row(words(fate.event()), study.mixture().probability(fate.event()), median));
        });
        return table.build();
    }

    private static TidyTable course(DemoStudy study) {
        TidyTable.Builder table = shares("outcome", "years");
        for (DemoStudy.KeyFigure figure : study.modelFigures()) {
            for (int i = 0; i < DemoStudy.TIMES.length; i++) {
                table.row(row(figure.text(), figure.shares().get(i), DemoStudy.TIMES[i] / MONTHS_A_YEAR));
            }
        }
        return table.build();
    }

    private static TidyTable families(DemoStudy study) {
        TidyTable.Builder table = TidyTable.builder().text("law");
        for (Point point : study.families().models().get(0).points()) {
            table.number("relapse_by_" + Cells.plain(point.time()) + "_months");
        }
        for (CompetingRatesModel model : study.families().models()) {
            List<Object> cells = new ArrayList<>(List.of(model.family().label()));
            model.points().forEach(p -> cells.add(p.relapse().estimate()));
            table.row(cells.toArray());
        }
        return table.build();
    }

    private static TidyTable agreement(DemoStudy study) {
        TidyTable.Builder table = TidyTable.builder()
                .text("state")
                .number("years")
                .number("model")
                .number("simulated")
                .number("difference")
                .number("simulation_error");
        for (FateState state : study.jmml().model().states()) {
            for (double t : DemoStudy.TIMES) {
                double solved = study.solution().probability(state.name(), t);
                double simulated = study.cohort().probabilityAt(state.name(), t).estimate();
                table.row(
                        DemoFigures.capital(state.label()),
                        t / MONTHS_A_YEAR,
                        solved,
                        simulated,
                        simulated - solved,
                        study.cohort().monteCarloErrorAt(state.name(), t));
            }
        }
        return table.build();
    }

    private static TidyTable states(DemoStudy study) {
        TidyTable.Builder table = TidyTable.builder()
                .text("state")
                .number("year_1")
                .number("year_2")
                .number("year_5")
                .number("mean_months_within_5_years");
        for (FateState state : study.jmml().model().states()) {
            table.row(
                    DemoFigures.capital(state.label()),
                    study.solution().probability(state.name(), DemoStudy.TIMES[0]),
                    study.solution().probability(state.name(), DemoStudy.TIMES[1]),
                    study.solution().probability(state.name(), DemoStudy.TIMES[2]),
                    study.solution().meanTime(state.name()));
        }
        return table.build();
    }

    private static TidyTable events(DemoStudy study) {
        TidyTable.Builder table = TidyTable.builder()
                .text("event")
                .number("year_1")
                .number("year_2")
                .number("year_5");
        for (String event : AFTER_RELAPSE) {
            IncidenceFunction curve = study.solution().incidence(event);
            double[] values = curve.incidenceValues(DemoStudy.TIMES);
            table.row(words(event), values[0], values[1], values[2]);
        }
        return table.build();
    }

    private static TidyTable evidence(DemoStudy study) {
        TidyTable.Builder table =
                TidyTable.builder().text("id").text("source").text("finding").text("url");
        for (EvidenceSource source : study.jmml().evidence()) {
            table.row(source.id(), source.citation(), source.finding(), source.url());
        }
        return table.build();
    }

    static String words(String event) {
        return switch (event) {
            case "remission" -> "Long-term remission";
            case "relapse" -> "Relapse after the first transplant";
            case "nrm" -> "Death without relapse";
            case "second-transplant" -> "Second transplant";
            case "second-relapse" -> "Relapse after the second transplant";
            case "death-after-relapse" -> "Death after relapse, without a second transplant";
            default -> DemoFigures.capital(event.replace('-', ' '));
        };
    }

    private static TidyTable.Builder shares(String first, String... numbers) {
        TidyTable.Builder table = TidyTable.builder().text(first);
        for (String number : numbers) {
            table.number(number);
        }
        return table.number("share").number("lower").number("upper");
    }

    private static Object[] row(String first, PointEstimate share, double... numbers) {
        List<Object> cells = new ArrayList<>(List.of(first));
        for (double number : numbers) {
            cells.add(number);
        }
        cells.add(share.optional().orElse(Double.NaN));
        cells.add(lower(share));
        cells.add(upper(share));
        return cells.toArray();
    }

    private static double lower(PointEstimate share) {
        return share.interval().lower().orElse(Double.NaN);
    }

    private static double upper(PointEstimate share) {
        return share.interval().upper().orElse(Double.NaN);
    }
}
