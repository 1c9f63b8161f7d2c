package io.engraft.data;

import io.engraft.InvalidArgumentException;
import io.engraft.data.Dataset.Variable;
import java.util.ArrayList;
import java.util.List;

/** The embedded data sets. */
public final class Datasets {

    private static final Dataset BMTCRR = new Dataset(
            "bmtcrr",
            "Relapse and competing events after stem cell transplantation for acute leukemia",
            177,
            List.of(
                    new Variable("sex", "M or F", "-"),
                    new Variable("disease", "ALL or AML", "-"),
                    new Variable("phase", "phase at transplantation: CR1, CR2, CR3 or Relapse", "-"),
                    new Variable("age", "age at transplantation", "years"),
                    new Variable("status", "0 censored, 1 relapse, 2 competing event", "-"),
                    new Variable("source", "source of stem cells: BM+PB or PB", "-"),
                    new Variable("months", "transplantation to relapse, competing event or last contact", "months")),
            "Scrucca L, Santucci A, Aversa F. Competing risk analysis using R: an easy guide for clinicians. Bone Marrow"
                    + " Transplantation 2007;40:381-387. Taken from the R package casebase.",
            "MIT, copyright (c) 2017 Sahir Bhatnagar, Maxime Turgeon, Olli Saarela, James Hanley");

    /** Columns and meanings, as history.TransplantEvent has them, which stands above this package. */
    private static final List<String> HISTORY_EVENTS = List.of(
            "engraftment",
            "neutrophils recovered",
            "graft_failure",
            "graft failure, primary or secondary",
            "agvhd_1",
            "acute GVHD first reached grade I",
            "agvhd_2",
            "acute GVHD first reached grade II",
            "agvhd_3",
            "acute GVHD first reached grade III",
            "agvhd_4",
            "acute GVHD first reached grade IV",
            "cgvhd",
            "onset of chronic GVHD, severity aside",
            "cgvhd_mild",
            "chronic GVHD first reached mild",
            "cgvhd_moderate",
            "chronic GVHD first reached moderate",
            "cgvhd_severe",
            "chronic GVHD first reached severe",
            "cgvhd_systemic_therapy",
            "start of systemic therapy for chronic GVHD",
            "relapse",
            "first relapse or progression",
            "donor_lymphocytes",
            "first donor lymphocyte infusion",
            "second_transplant",
            "second transplantation",
            "relapse_after_second_transplant",
            "relapse or progression after the second transplantation",
            "death",
            "death of any cause",
            "last_contact",
            "last contact; may be left out where death is known");

    private static final Dataset HISTORIES = new Dataset(
            "histories",
            "SYNTHETIC: what happened to 60 made-up patients after transplantation",
            60,
            historyColumns(),
            "Made up by the generator SyntheticHistories in Engraft's tests, from a fixed seed. No number is of a patient"
                    + " or fitted to patients.",
            "Apache-2.0");

    private Datasets() {}

    private static List<Variable> historyColumns() {
        List<Variable> columns = new ArrayList<>();
        columns.add(new Variable("id", "the patient", "-"));
        for (int i = 0; i < HISTORY_EVENTS.size(); i += 2) {
            columns.add(new Variable(
                    HISTORY_EVENTS.get(i), HISTORY_EVENTS.get(i + 1), "days from the first transplantation"));
        }
        return columns;
    }

    /**
     * Competing risks after transplantation for acute leukemia, 177 patients.
     *
     * @return the data set {@code bmtcrr}
     */
    public static Dataset bmtcrr() {
        return BMTCRR;
    }

    /**
     * Synthetic transplant histories, one patient a row, for examples of endpoints.
     *
     * @return the data set {@code histories}
     */
    public static Dataset histories() {
        return HISTORIES;
    }

    /**
     * Every embedded data set.
     *
     * @return by name
     */
    public static List<Dataset> all() {
        return List.of(BMTCRR, HISTORIES);
    }

    /**
     * The data set of a name.
     *
     * @param name its name, with or without {@code @} in front
     * @return the data set
     * @throws InvalidArgumentException when there is none
     */
    public static Dataset find(String name) {
        String wanted = name.startsWith("@") ? name.substring(1) : name;
        return all().stream()
                .filter(d -> d.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> InvalidArgumentException.of(
                        "data set",
                        wanted,
                        "one of " + all().stream().map(Dataset::name).toList()));
    }
}
