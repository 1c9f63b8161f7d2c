package io.engraft.cli.demo;

import io.engraft.charts.Figure;
import io.engraft.curve.PointEstimate;
import io.engraft.data.TidyTable;
import io.engraft.pathway.EvidenceSource;
import io.engraft.report.EngraftVersion;
import io.engraft.report.page.HtmlReport;
import io.engraft.report.page.HtmlSection;
import io.engraft.report.page.HtmlTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The page of the demo: figures, tables and what they mean, in words for clinicians and parents. */
final class DemoReport {

    /** The heading of the section on the model's assumptions. */
    static final String ASSUMPTIONS = "What the JMML model assumes";

    private final DemoStudy study;
    private final Map<String, Figure<?>> figures;
    private final Map<String, TidyTable> tables;
    private final DemoShownTables shown;

    DemoReport(DemoStudy study, Map<String, Figure<?>> figures, Map<String, TidyTable> tables) {
        this.study = study;
        this.figures = figures;
        this.tables = tables;
        this.shown = new DemoShownTables(study);
    }

    HtmlReport page(List<String> warnings) {
        HtmlReport page = HtmlReport.titled("What happens after a stem cell transplant")
                .subtitle("177 patients with acute leukemia, and a model of JMML (juvenile myelomonocytic leukemia)"
                        + " made from published rates")
                .section(inShort())
                .section(survival())
                .section(incidence())
                .section(model())
                .section(simulation())
                .section(states())
                .section(assumptions());
        DemoReportNotes notes = new DemoReportNotes(study);
        return page.section(notes.methods())
                .section(sources())
                .section(notes.limits(warnings))
                .section(notes.files())
                .footer("Made by Engraft " + EngraftVersion.text()
                        + ". The same version makes the same page: nothing in it depends on time or place.")
                .footer("No individual prognosis can be read from this page.");
    }

    private HtmlSection inShort() {
        List<DemoStudy.KeyFigure> patients = study.patientFigures();
        List<DemoStudy.KeyFigure> model = study.modelFigures();
        return HtmlSection.of("In short")
                .warning("This page describes groups of patients. It is no individual prognosis: no one patient's or"
                        + " child's chances can be read from it, and it is no medical advice. Please talk with the"
                        + " treatment team about what it may mean for you.")
                .list(List.of(
                        "Of 177 patients transplanted for acute leukemia, an estimated "
                                + share(patients.get(0).shares().get(0)) + " were alive after 1 year without relapse or"
                                + " the competing event, and "
                                + share(patients.get(0).shares().get(2))
                                + " after 5 years.",
                        "Relapse came first in "
                                + share(patients.get(1).shares().get(2)) + " within 5 years, the"
                                + " competing event in "
                                + share(patients.get(2).shares().get(2))
                                + ". Most of either happened in the first year.",
                        "For JMML the published rates, about 50 % in long-term remission and 35 % with relapse after a"
                                + " first transplant, mean that "
                                + share(model.get(1).shares().get(0)) + " have relapsed by 1 year if 84 % of relapses"
                                + " come in the first year (assumption A1).",
                        "Relapse is not always the end: in the model, with what it assumes about second transplants, "
                                + share(model.get(3).shares().get(2)) + " are alive 5 years after the first transplant,"
                                + " more than the "
                                + share(model.get(0).shares().get(2)) + " who never relapsed."))
                .paragraph("Ranges in brackets are 95 % intervals: how far off such a figure could be by chance alone,"
                        + " given how many patients there were. They do not hold other errors, such as patients who"
                        + " differ from those of today, or assumptions that are wrong.");
    }

    private static String share(PointEstimate share) {
        String text = percent(share.estimate());
        return share.interval().isEstimable()
                ? text + " (" + number(share.interval().lower().orElseThrow()) + " to "
                        + number(share.interval().upper().orElseThrow()) + ")"
                : text;
    }

    private static String percent(double x) {
        return number(x) + " %";
    }

    private static String number(double x) {
        return String.format(Locale.ROOT, "%.0f", 100 * x);
    }

    private HtmlSection survival() {
        return HtmlSection.of("Acute leukemia: alive without relapse or competing event")
                .paragraph(
                        "Event-free survival is the share of patients who are alive and have had neither a relapse nor"
                                + " the competing event (an event other than relapse that came first, such as death without"
                                + " relapse). Patients whose follow-up ended earlier count for as long as they were followed"
                                + " (Kaplan-Meier estimate). The numbers at risk under the curve say how many were still followed"
                                + " at each time: where they are small, the curve is uncertain.")
                .figure(figure(DemoFigures.SURVIVAL), "Event-free survival of all 177 patients.")
                .figure(
                        figure(DemoFigures.BY_DISEASE),
                        "Event-free survival of patients with acute lymphoblastic (ALL)"
                                + " and acute myeloid leukemia (AML).")
                .table(shown.survival())
                .table(shown.atRisk())
                .paragraph(
                        "The two diseases are shown side by side without a test: overlapping ranges do not prove that"
                                + " they are the same, nor would different ones say why.");
    }

    private HtmlSection incidence() {
        return HtmlSection.of("Acute leukemia: relapse and the competing event")
                .paragraph(
                        "The cumulative incidence is the share of all patients to whom an event has happened by a time."
                                + " A patient who dies without relapse can no longer relapse: the two compete. Therefore the"
                                + " cumulative incidence is estimated for both together (Aalen-Johansen). Relapse, competing event"
                                + " and event-free survival add up to 100 % at every time.")
                .figure(figure(DemoFigures.INCIDENCE), "Cumulative incidence of relapse and of the competing event.")
                .table(shown.incidence());
    }

    private HtmlSection model() {
        return HtmlSection.of("JMML: from published rates to a model")
                .paragraph(
                        "For JMML there are no patient data here, but there are published rates. The model takes them as"
                                + " what becomes of patients in the end: each patient has one of three fates after the first"
                                + " transplant, long-term remission, relapse, or death without relapse, and each of the last two"
                                + " comes at a time with a Weibull law.")
                .table(HtmlTable.of(table(DemoTables.FATES), "The three fates after a first transplant for JMML")
                        .heading("fate", "Fate")
                        .heading("median_months", "Half of them by month")
                        .heading("share", "Share of patients")
                        .heading("lower", "95 % from")
                        .heading("upper", "to")
                        .percent("share", 0)
                        .percent("lower", 0)
                        .percent("upper", 0)
                        .decimals("median_months", 1))
                .paragraph(
                        "The ranges are those that 100 patients would give, as many as in the series of E01. Those of the table below hold the chance in shares and times, the law of the times and the ranges of the assumptions together.")
                .table(shown.course())
                .subheading("How much hangs on the law of the times")
                .paragraph(
                        "Two numbers fix the time to relapse: half of the relapses by day 80, and 84 % of them in the"
                                + " first year. Many laws pass through both. They agree at those two times and differ between and"
                                + " beyond; the exponential law has one number only and passes through the first.")
                .table(families());
    }

    private HtmlTable families() {
        TidyTable data = table(DemoTables.FAMILIES);
        HtmlTable shown = HtmlTable.of(
                        data, "Relapse by law of the times, as a share of all patients, solved from the model")
                .heading("law", "Law");
        for (TidyTable.Column column : data.columns().subList(1, data.columns().size())) {
            String months = column.name().replaceAll("\\D", "");
            shown = shown.heading(column.name(), "By month " + months).percent(column.name(), 1);
        }
        return shown;
    }

    private HtmlSection simulation() {
        return HtmlSection.of("JMML: a simulated cohort over the model's own curves")
                .paragraph(
                        "Here the model is run: patients are simulated one by one, and then estimated like real ones."
                                + " The two figures show the first 1,000 of them, far more than any series of JMML. Their curves"
                                + " differ from the model by chance: at any one time about one such curve in twenty leaves the"
                                + " model outside its 95 % band, and more do so somewhere along their course. A smaller series"
                                + " wanders further.")
                .paragraph("Whether simulation and model agree is seen with more patients: of all "
                        + String.format(Locale.ROOT, "%,d", DemoStudy.COHORT)
                        + ", no share in the table below differs from the model by more than "
                        + String.format(Locale.ROOT, "%.2f", 100 * largestDifference()) + " percentage points.")
                .figure(
                        figure(DemoFigures.MODEL_SURVIVAL),
                        "Alive and never relapsed: 1,000 simulated patients, and the model (dashed).")
                .figure(
                        figure(DemoFigures.MODEL_INCIDENCE),
                        "Relapse and death without relapse: 1,000 simulated patients, and the model (short dark dashes).")
                .table(shown.agreement())
                .paragraph("The simulation differs from the model by chance: mostly by less than twice the standard"
                        + " error, and now and then by more. The differences go together, as the states share"
                        + " the same patients.");
    }

    /** Over the states and times that the table shows. */
    private double largestDifference() {
        TidyTable data = table(DemoTables.AGREEMENT);
        double largest = 0;
        for (int i = 0; i < data.rowCount(); i++) {
            if (data.value(i, "difference") instanceof Double difference) {
                largest = Math.max(largest, Math.abs(difference));
            }
        }
        return largest;
    }

    private HtmlSection states() {
        return HtmlSection.of("JMML: where patients are over time, and the second transplant")
                .paragraph(
                        "After a relapse a second transplant can still bring a lasting remission. The figure stacks the"
                                + " states of the model: at each time the heights add up to 100 % of the patients who had a first"
                                + " transplant. The share that is alive is larger than the share that never relapsed by those who"
                                + " live after a relapse.")
                .figure(figure(DemoFigures.STATES), "Where patients are over time, solved from the model.")
                .table(HtmlTable.of(table(DemoTables.STATES), "Share of patients in each state, solved from the model")
                        .heading("state", "State")
                        .heading("year_1", "After 1 year")
                        .heading("year_2", "2 years")
                        .heading("year_5", "5 years")
                        .heading("mean_months_within_5_years", "Mean months in it within 5 years")
                        .percent("year_1", 1)
                        .percent("year_2", 1)
                        .percent("year_5", 1)
                        .decimals("mean_months_within_5_years", 1))
                .table(HtmlTable.of(
                                table(DemoTables.EVENTS),
                                "Share of all patients to whom it has happened, solved from the model")
                        .heading("event", "Event")
                        .heading("year_1", "By 1 year")
                        .heading("year_2", "2 years")
                        .heading("year_5", "5 years")
                        .percent("year_1", 1)
                        .percent("year_2", 1)
                        .percent("year_5", 1))
                .warning(
                        "What happens after a relapse is assumed, not read: how many reach a second transplant, when, and"
                                + " what comes of it (assumptions A3 to A9b). The published overall survival of 55 to 64 % at 5"
                                + " years was used to choose them, so the model's overall survival is no evidence for itself.");
    }

    private HtmlSection assumptions() {
        return HtmlSection.of(ASSUMPTIONS)
                .paragraph("F1, F2 and T1 were read in publications. Nothing that was read fixes the others: they are"
                        + " assumptions that anyone may replace, each with a range in which it could lie.")
                .table(HtmlTable.of(table(DemoTables.ASSUMPTIONS), "Numbers of the JMML model with their ranges")
                        .heading("id", "Name")
                        .heading("text", "What it is")
                        .heading("value", "Value")
                        .heading("low", "From")
                        .heading("high", "To")
                        .heading("unit", "Unit")
                        .heading("basis", "Basis")
                        .heading("evidence", "Sources"))
                .subheading("How much each of them matters")
                .paragraph(
                        "Overall survival 5 years after the first transplant, by the model, with one number at the ends"
                                + " of its range and all others as they are, but for the two rows marked *.")
                .table(shown.sensitivity())
                .paragraph(
                        "* Long-term remission (F1), relapse (F2) and death without relapse add up to 100 %. Where F1"
                                + " or F2 changes, deaths without relapse make up the rest and change with it. A higher share of"
                                + " relapse here means fewer deaths without relapse, of which nobody comes back, while some live"
                                + " on after a relapse: that is why survival rises with it. It does not mean that relapse is"
                                + " good.");
    }

    private HtmlSection sources() {
        HtmlSection section = HtmlSection.of("Sources and licences")
                .subheading("Patients with acute leukemia")
                .paragraph(study.dataset().source())
                .paragraph("Licence of the data: " + study.dataset().licence() + ".")
                .subheading("Published figures on JMML")
                .paragraph(
                        "Figures are cited from these publications; each was read in an abstract or page of its source.");
        Map<String, List<EvidenceSource>> byAddress = new LinkedHashMap<>();
        study.jmml()
                .evidence()
                .forEach(e -> byAddress
                        .computeIfAbsent(e.url(), key -> new ArrayList<>())
                        .add(e));
        for (List<EvidenceSource> same : byAddress.values()) {
            section = section.link(same.get(0).citation(), same.get(0).url())
                    .list(same.stream()
                            .map(e -> e.id() + ": " + e.finding() + ".")
                            .toList());
        }
        return section;
    }

    private Figure<?> figure(String name) {
        return java.util.Objects.requireNonNull(figures.get(name), name);
    }

    private TidyTable table(String name) {
        return java.util.Objects.requireNonNull(tables.get(name), name);
    }
}
