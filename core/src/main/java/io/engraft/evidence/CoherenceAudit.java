package io.engraft.evidence;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Require;
import io.engraft.internal.csv.NumberText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Can the published figures of one series all be true? At every time: event-free survival + relapse + non-relapse mortality
 * = 1; overall survival is at least event-free survival, and at most 1 - non-relapse mortality; over time survival does not
 * rise and incidence does not fall. Each check allows for the rounding of the printed digits, and for nothing else.
 *
 * <p>Where the three exceed 1 by more than rounding and EFS = (1 - relapse)(1 - NRM) within rounding, relapse and NRM were
 * each estimated as 1 - Kaplan-Meier with the other censored: the product is what two such curves give when their causes are
 * taken as independent, and the printed relapse is larger than the share of patients who relapse. The rounding of the
 * product is rEFS + rR (1 - N) + rN (1 - R) + rR rN. Immutable.
 */
public final class CoherenceAudit implements Tabular {

    /** For sums of decimal fractions that are not exact in binary. */
    private static final double NOISE = 1e-9;

    private final Map<Double, Map<Outcome, PublishedOutcome>> figures;
    private final List<AuditFinding> findings;

    private CoherenceAudit(Map<Double, Map<Outcome, PublishedOutcome>> figures) {
        this.figures = figures;
        List<AuditFinding> found = new ArrayList<>();
        figures.forEach((time, at) -> checkTime(time, at, found));
        checkMonotone(found);
        this.findings = List.copyOf(found);
    }

    /**
     * Audits the figures of one series.
     *
     * @param figures one or more, at one or more times, each outcome at most once a time
     * @return what was found
     * @throws InvalidArgumentException when there is no figure, or an outcome is given twice at one time
     */
    public static CoherenceAudit of(List<PublishedOutcome> figures) {
        if (figures.isEmpty()) {
            throw InvalidArgumentException.of("published figures", "empty", "one or more");
        }
        Map<Double, Map<Outcome, PublishedOutcome>> byTime = new TreeMap<>();
        for (PublishedOutcome figure : figures) {
            Map<Outcome, PublishedOutcome> at =
                    byTime.computeIfAbsent(figure.time(), t -> new EnumMap<>(Outcome.class));
            if (at.put(figure.outcome(), figure) != null) {
                throw InvalidArgumentException.of(
                        figure.outcome().label(),
                        "given twice at time " + NumberText.plain(figure.time()),
                        "once a time; pool subgroups first");
            }
        }
        return new CoherenceAudit(byTime);
    }

    private static void checkTime(double time, Map<Outcome, PublishedOutcome> at, List<AuditFinding> found) {
        PublishedOutcome efs = at.get(Outcome.EVENT_FREE_SURVIVAL);
        PublishedOutcome relapse = at.get(Outcome.RELAPSE);
        PublishedOutcome nrm = at.get(Outcome.NON_RELAPSE_MORTALITY);
        PublishedOutcome os = at.get(Outcome.OVERALL_SURVIVAL);
        if (efs != null && relapse != null && nrm != null) {
            found.add(sum(time, efs, relapse, nrm));
        } else {
            checkPair(time, efs, relapse, found);
            checkPair(time, efs, nrm, found);
            checkPair(time, relapse, nrm, found);
        }
        if (os != null && efs != null && os.value() < efs.value() - os.rounding() - efs.rounding() - NOISE) {
            found.add(new AuditFinding(
                    AuditFinding.Severity.PROBLEM,
                    AuditFinding.Check.OVERALL_SURVIVAL,
                    time,
                    "overall survival of " + percent(os.value()) + " % is below event-free survival of "
                            + percent(efs.value()) + " %, which counts only some of those alive",
                    Map.of("os", os.value(), "efs", efs.value())));
        }
        if (os != null && nrm != null && os.value() + nrm.value() > 1 + os.rounding() + nrm.rounding() + NOISE) {
            found.add(new AuditFinding(
                    AuditFinding.Severity.PROBLEM,
                    AuditFinding.Check.DEATHS,
                    time,
                    "overall survival of " + percent(os.value()) + " % and non-relapse mortality of "
                            + percent(nrm.value()) + " % exceed 100 % together",
                    Map.of("os", os.value(), "nrm", nrm.value())));
        }
    }

    private static void checkPair(
            double time, @Nullable PublishedOutcome a, @Nullable PublishedOutcome b, List<AuditFinding> found) {
        if (a != null && b != null && a.value() + b.value() > 1 + a.rounding() + b.rounding() + NOISE) {
            double sum = a.value() + b.value();
            found.add(new AuditFinding(
                    AuditFinding.Severity.PROBLEM,
                    AuditFinding.Check.SUM,
                    time,
                    a.outcome().label() + " of " + percent(a.value()) + " % and "
                            + b.outcome().label() + " of " + percent(b.value()) + " % exceed 100 % together",
                    Map.of("sum", sum)));
        }
    }

    private static AuditFinding sum(double time, PublishedOutcome efs, PublishedOutcome relapse, PublishedOutcome nrm) {
        double sum = efs.value() + relapse.value() + nrm.value();
        double tolerance = efs.rounding() + relapse.rounding() + nrm.rounding();
        double product = (1 - relapse.value()) * (1 - nrm.value());
        double productTolerance = efs.rounding()
                + relapse.rounding() * (1 - nrm.value())
                + nrm.rounding() * (1 - relapse.value())
                + relapse.rounding() * nrm.rounding();
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("efs", efs.value());
        numbers.put("relapse", relapse.value());
        numbers.put("nrm", nrm.value());
        numbers.put("sum", sum);
        numbers.put("sum_tolerance", tolerance);
        numbers.put("product", product);
        numbers.put("product_tolerance", productTolerance);
        String figures = "event-free survival " + percent(efs.value()) + " %, relapse " + percent(relapse.value())
                + " % and non-relapse mortality " + percent(nrm.value()) + " % add to " + percent(sum) + " %";
        if (Math.abs(sum - 1) <= tolerance + NOISE) {
            return new AuditFinding(
                    AuditFinding.Severity.NOTE,
                    AuditFinding.Check.SUM,
                    time,
                    figures + ", 100 % within rounding",
                    numbers);
        }
        if (sum > 1 && Math.abs(efs.value() - product) <= productTolerance + NOISE) {
            return new AuditFinding(
                    AuditFinding.Severity.WARNING,
                    AuditFinding.Check.ONE_MINUS_KAPLAN_MEIER,
                    time,
                    figures + ", but event-free survival is (1 - relapse)(1 - non-relapse mortality) = "
                            + percent(product) + " % within rounding: relapse and non-relapse mortality are 1 -"
                            + " Kaplan-Meier, which is larger than the share of patients, and not cumulative incidences",
                    numbers);
        }
        return new AuditFinding(
                AuditFinding.Severity.PROBLEM,
                AuditFinding.Check.SUM,
                time,
                figures + ", " + (sum > 1 ? "more" : "less") + " than 100 % beyond rounding: they are of different"
                        + " patients or differently defined",
                numbers);
    }

    private void checkMonotone(List<AuditFinding> found) {
        for (Outcome outcome : Outcome.values()) {
            PublishedOutcome last = null;
            for (Map<Outcome, PublishedOutcome> at : figures.values()) {
                PublishedOutcome now = at.get(outcome);
                if (now == null) {
                    continue;
                }
                double wrong = last == null ? 0 : (now.value() - last.value()) * (outcome.rises() ? -1 : 1);
                if (last != null && wrong > last.rounding() + now.rounding() + NOISE) {
                    found.add(new AuditFinding(
                            AuditFinding.Severity.PROBLEM,
                            AuditFinding.Check.MONOTONE,
                            now.time(),
                            outcome.label() + " goes from " + percent(last.value()) + " % at "
                                    + NumberText.plain(last.time())
                                    + " to " + percent(now.value()) + " % at " + NumberText.plain(now.time())
                                    + ", which it cannot among the same patients",
                            Map.of("earlier", last.value(), "later", now.value())));
                }
                last = now;
            }
        }
    }

    private static String percent(double share) {
        String text = String.format(Locale.ROOT, "%.1f", 100 * share);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /**
     * Everything that was found.
     *
     * @return findings, the worst first, then by time
     */
    public List<AuditFinding> findings() {
        return findings.stream()
                .sorted(Comparator.comparing(AuditFinding::severity).reversed().thenComparing(AuditFinding::time))
                .toList();
    }

    /**
     * Whether nothing speaks against the figures.
     *
     * @return true where no finding is worse than a note
     */
    public boolean isCoherent() {
        return findings.stream().allMatch(f -> f.severity() == AuditFinding.Severity.NOTE);
    }

    /**
     * The third of event-free survival, relapse and non-relapse mortality, as 1 minus the other two, with an interval for
     * sampling error alone.
     *
     * <p>If both figures are of the same number n of patients they are taken as shares of the same patients: the third is a
     * share too, and its interval is Wilson's at n. If the numbers differ they are taken as independent binomials: variance
     * sum of p (1 - p) / n, a plain interval cut at 0 and 1. Neither knows of censoring, which widens it.
     *
     * @param outcome which of the three
     * @param time the time of the other two
     * @param level the level of the interval, strictly between 0 and 1
     * @return the implied value; not estimable where the two exceed 1, without an interval's limits where patients are not
     *     known
     * @throws InvalidArgumentException when the outcome is overall survival, is printed itself, or another is missing
     */
    public PointEstimate implied(Outcome outcome, double time, double level) {
        Require.properFraction("level", level);
        if (outcome == Outcome.OVERALL_SURVIVAL) {
            throw InvalidArgumentException.of(
                    "outcome", outcome.label(), "event-free survival, relapse or non-relapse mortality");
        }
        Map<Outcome, PublishedOutcome> at = figures.getOrDefault(time, Map.of());
        if (at.containsKey(outcome)) {
            throw InvalidArgumentException.of(
                    outcome.label(), "printed at time " + NumberText.plain(time), "one that is not");
        }
        List<PublishedOutcome> others = new ArrayList<>();
        for (Outcome other : Outcome.values()) {
            if (other != outcome && other != Outcome.OVERALL_SURVIVAL) {
                PublishedOutcome figure = at.get(other);
                if (figure == null) {
                    throw InvalidArgumentException.of(
                            other.label(),
                            "missing at time " + NumberText.plain(time),
                            "both others, to imply the third");
                }
                others.add(figure);
            }
        }
        return implied(outcome, others.get(0), others.get(1), level);
    }

    private static PointEstimate implied(Outcome outcome, PublishedOutcome a, PublishedOutcome b, double level) {
        double value = 1 - a.value() - b.value();
        if (value < -(a.rounding() + b.rounding() + NOISE)) {
            return PointEstimate.notEstimable(a.outcome().label() + " and "
                    + b.outcome().label() + " exceed 1 together, which leaves nothing for " + outcome.label());
        }
        value = Math.max(0, value);
        OptionalInt na = a.patients();
        OptionalInt nb = b.patients();
        if (na.isEmpty() || nb.isEmpty()) {
            String reason = "the number of patients is not known";
            return PointEstimate.of(value, Double.NaN, Interval.notEstimable(level, reason));
        }
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / 2);
        if (na.getAsInt() == nb.getAsInt()) {
            double n = na.getAsInt();
            double half = z * Math.sqrt((value * (1 - value) + z * z / (4 * n)) / n);
            double centre = value + z * z / (2 * n);
            double scale = 1 + z * z / n;
            Interval wilson =
                    Interval.of(Math.max(0, (centre - half) / scale), Math.min(1, (centre + half) / scale), level);
            return PointEstimate.of(value, Math.sqrt(value * (1 - value) / n), wilson);
        }
        double variance = a.value() * (1 - a.value()) / na.getAsInt() + b.value() * (1 - b.value()) / nb.getAsInt();
        double error = Math.sqrt(variance);
        Interval plain = Interval.of(Math.max(0, value - z * error), Math.min(1, value + z * error), level);
        return PointEstimate.of(value, error, plain);
    }

    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .text("severity")
                .text("check")
                .number("time")
                .text("sentence");
        for (AuditFinding f : findings()) {
            table.row(
                    f.severity().name().toLowerCase(Locale.ROOT),
                    f.check().name().toLowerCase(Locale.ROOT),
                    f.time(),
                    f.sentence());
        }
        return table.build();
    }

    @Override
    public String toString() {
        return findings.isEmpty()
                ? "coherent"
                : String.join(
                        "\n", findings.stream().map(AuditFinding::sentence).toList());
    }
}
