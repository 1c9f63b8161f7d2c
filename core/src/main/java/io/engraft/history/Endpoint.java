package io.engraft.history;

import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.Categories;
import io.engraft.data.DurationUnit;
import io.engraft.data.SurvivalData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Endpoints after transplantation, from the first transplantation on.
 *
 * <table>
 * <caption>Event and competing event</caption>
 * <tr><th>endpoint</th><th>event</th><th>competing event</th></tr>
 * <tr><td>OS</td><td>death of any cause</td><td></td></tr>
 * <tr><td>DFS (LFS, RFS)</td><td>relapse or progression, or death</td><td></td></tr>
 * <tr><td>EFS</td><td>as DFS, and graft failure; second transplantation if declared</td><td></td></tr>
 * <tr><td>relapse (CIR)</td><td>relapse or progression</td><td>death without it</td></tr>
 * <tr><td>NRM (TRM)</td><td>death without relapse</td><td>relapse</td></tr>
 * <tr><td>engraftment</td><td>neutrophils recovered</td><td>second transplantation or death without it</td></tr>
 * <tr><td>aGVHD II-IV, III-IV</td><td>the grade or worse first reached</td><td>death; relapse if declared</td></tr>
 * <tr><td>cGVHD</td><td>onset of any severity</td><td>death; relapse if declared</td></tr>
 * <tr><td>GRFS</td><td>aGVHD III-IV, cGVHD needing systemic therapy, relapse, death [1]</td><td></td></tr>
 * <tr><td>CRFS</td><td>cGVHD by the declared criterion, relapse, death</td><td></td></tr>
 * </table>
 *
 * <p>Without an event a patient is censored at last contact, or before it at donor lymphocytes or a second
 * transplantation where the rules say so. On one day, relapse comes before death, an event before a competing event
 * (but NRM's competing relapse before death), and either before censoring; so death on the last day of contact is an
 * event. An event on day 0 keeps the time 0: nonparametric estimates count it at 0, parametric models refuse it, and
 * {@link TimeDependentRows} have no row for it. A first relapse after a second transplantation is a relapse.
 *
 * <p>[1] Holtan SG, DeFor TE, Lazaryan A, et al. Composite end point of graft-versus-host disease-free, relapse-free
 * survival after allogeneic hematopoietic cell transplantation. Blood 2015;125:1333-1338.
 */
public enum Endpoint {
    /** Overall survival. */
    OS("os", "OS"),
    /** Disease-free survival, also named leukemia-free or relapse-free. */
    DFS("dfs", "DFS"),
    /** Event-free survival. */
    EFS("efs", "EFS"),
    /** Relapse or progression. */
    RELAPSE("relapse", "relapse"),
    /** Death without relapse. */
    NRM("nrm", "NRM"),
    /** Neutrophil recovery. */
    ENGRAFTMENT("engraftment", "engraftment"),
    /** Acute GVHD of grade II to IV. */
    AGVHD_2_4("agvhd_2_4", "aGVHD II-IV"),
    /** Acute GVHD of grade III to IV. */
    AGVHD_3_4("agvhd_3_4", "aGVHD III-IV"),
    /** Chronic GVHD of any severity. */
    CGVHD("cgvhd", "cGVHD"),
    /** GVHD-free, relapse-free survival. */
    GRFS("grfs", "GRFS"),
    /** Chronic-GVHD-free, relapse-free survival. */
    CRFS("crfs", "CRFS");

    private final String label;
    private final String title;

    Endpoint(String label, String title) {
        this.label = label;
        this.title = title;
    }

    /**
     * The name in columns and on the command line.
     *
     * @return lower case, words joined by underscores
     */
    public String label() {
        return label;
    }

    /**
     * The name in text.
     *
     * @return such as "aGVHD II-IV"
     */
    public String title() {
        return title;
    }

    /**
     * The endpoint of a name.
     *
     * @param name a label, or one of the aliases lfs, rfs, cir and trm, in any case; hyphens count as underscores
     * @return the endpoint
     * @throws InvalidArgumentException when there is none
     */
    public static Endpoint parse(String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT).replace('-', '_');
        String known = switch (wanted) {
            case "lfs", "rfs" -> DFS.label;
            case "cir" -> RELAPSE.label;
            case "trm" -> NRM.label;
            default -> wanted;
        };
        return Arrays.stream(values())
                .filter(e -> e.label.equals(known))
                .findFirst()
                .orElseThrow(() -> InvalidArgumentException.of(
                        "endpoint",
                        name,
                        "one of " + Arrays.stream(values()).map(Endpoint::label).toList()));
    }

    /**
     * The endpoint for one patient.
     *
     * @param history what happened
     * @param rules the choices
     * @return time and status
     * @throws InvalidDataException when CRFS needs the severity of a chronic GVHD and it is not known
     */
    public EndpointOutcome outcome(TransplantHistory history, EndpointRules rules) {
        if (needsSeverity(rules) && history.hasChronicGvhdOfUnknownSeverity()) {
            throw new InvalidDataException(new DataProblem(
                    null,
                    0,
                    0,
                    TransplantEvent.CHRONIC_GVHD.column(),
                    null,
                    "patient " + history.id() + ": the severity of the chronic GVHD is not known, and CRFS by "
                            + rules.chronicGvhdInCrfs().words()
                            + " needs it; allowed: a severity, or the criterion of systemic therapy"));
        }
        EndpointParts parts = EndpointParts.of(this, rules);
        EndpointParts.Dated event = EndpointParts.first(history, parts.events());
        EndpointParts.Dated competing = EndpointParts.first(history, parts.competing());
        double censoring = censoring(history, rules);
        boolean competingWins = this == NRM ? competing.day() <= event.day() : competing.day() < event.day();
        if (competingWins && competing.day() <= censoring) {
            return new EndpointOutcome(competing.day(), 2, competing.event());
        }
        if (!competingWins && event.day() <= censoring) {
            return new EndpointOutcome(event.day(), 1, event.event());
        }
        return new EndpointOutcome(censoring, 0, null);
    }

    private boolean needsSeverity(EndpointRules rules) {
        return this == CRFS && rules.chronicGvhdInCrfs() != ChronicGvhdCriterion.SYSTEMIC_THERAPY;
    }

    private double censoring(TransplantHistory history, EndpointRules rules) {
        double day = history.end();
        if (rules.censoredAtDonorLymphocytes().contains(this)) {
            day = Math.min(day, orNever(history.day(TransplantEvent.DONOR_LYMPHOCYTES)));
        }
        if (rules.censoredAtSecondTransplant().contains(this)) {
            day = Math.min(day, orNever(history.day(TransplantEvent.SECOND_TRANSPLANT)));
        }
        return day;
    }

    private static double orNever(OptionalDouble day) {
        return day.orElse(Double.POSITIVE_INFINITY);
    }

    /**
     * The endpoint for a cohort, one row a patient.
     *
     * @param histories what happened, each patient once
     * @param rules the choices
     * @param unit the unit of the times to give
     * @return times, status and cause labels, with the patients' ids
     * @throws InvalidDataException when a patient is there twice, none is there, or CRFS lacks a severity
     */
    public SurvivalData apply(List<TransplantHistory> histories, EndpointRules rules, DurationUnit unit) {
        requireDistinct(histories);
        double[] time = new double[histories.size()];
        int[] status = new int[time.length];
        List<DataProblem> problems = new ArrayList<>();
        for (int i = 0; i < time.length; i++) {
            try {
                EndpointOutcome outcome = outcome(histories.get(i), rules);
                time[i] = DurationUnit.DAYS.to(unit, outcome.days());
                status[i] = outcome.status();
            } catch (InvalidDataException e) {
                DataProblem p = e.problems().get(0);
                problems.add(new DataProblem(null, i + 1L, 0, p.column(), p.value(), p.reason()));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems);
        }
        return SurvivalData.builder(time, status)
                .causes(causeLabels(rules))
                .id(Categories.of(histories.stream().map(TransplantHistory::id).toList()))
                .unit(unit)
                .source(title)
                .build();
    }

    static void requireDistinct(List<TransplantHistory> histories) {
        Set<String> seen = new HashSet<>();
        List<DataProblem> problems = new ArrayList<>();
        for (int i = 0; i < histories.size(); i++) {
            String id = histories.get(i).id();
            if (!seen.add(id)) {
                problems.add(DataProblem.ofRow(i + 1L, "id", id, "the patient is there twice; allowed: once"));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems);
        }
    }

    /**
     * What status 1, and status 2 where it can occur, mean.
     *
     * @param rules the choices
     * @return one or two labels
     */
    public List<String> causeLabels(EndpointRules rules) {
        EndpointParts parts = EndpointParts.of(this, rules);
        return parts.competing().isEmpty()
                ? List.of(parts.eventWords())
                : List.of(parts.eventWords(), parts.competingWords());
    }

    /**
     * The columns that must have been recorded for this endpoint to be known.
     *
     * @param rules the choices
     * @return sets of events; of each set at least one must be recorded
     */
    public List<Set<TransplantEvent>> needs(EndpointRules rules) {
        List<Set<TransplantEvent>> needs =
                new ArrayList<>(EndpointParts.of(this, rules).needs());
        if (rules.censoredAtDonorLymphocytes().contains(this)) {
            needs.add(Set.of(TransplantEvent.DONOR_LYMPHOCYTES));
        }
        if (rules.censoredAtSecondTransplant().contains(this)) {
            needs.add(Set.of(TransplantEvent.SECOND_TRANSPLANT));
        }
        return List.copyOf(needs);
    }

    /**
     * The definition in words, with the choices in force.
     *
     * @param rules the choices
     * @return one sentence
     */
    public String describe(EndpointRules rules) {
        EndpointParts parts = EndpointParts.of(this, rules);
        StringBuilder text = new StringBuilder(title)
                .append(", from the first transplant: event is ")
                .append(parts.eventWords());
        if (!parts.competing().isEmpty()) {
            text.append("; competing event is ").append(parts.competingWords());
        }
        text.append("; censored at last contact");
        if (rules.censoredAtDonorLymphocytes().contains(this)) {
            text.append(", at donor lymphocytes");
        }
        if (rules.censoredAtSecondTransplant().contains(this)) {
            text.append(", at a second transplant");
        }
        return text.append('.').toString();
    }
}
