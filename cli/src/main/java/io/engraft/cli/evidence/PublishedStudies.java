package io.engraft.cli.evidence;

import io.engraft.InvalidArgumentException;
import io.engraft.evidence.EvidenceStatus;
import io.engraft.evidence.EvidenceTable;
import io.engraft.evidence.PublishedRate;
import io.engraft.evidence.StudyProportion;
import io.engraft.report.internal.Cells;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Studies from the embedded published figures, and what has to be said of them. */
record PublishedStudies(List<StudyProportion> studies, int figures, List<String> warnings) {

    /** The figures that were read on one endpoint, at one time where it is given. */
    static PublishedStudies of(String endpoint, @Nullable Double months) {
        requirePoolable(endpoint, months);
        EvidenceTable all = EvidenceTable.jmml().withEndpoint(endpoint);
        List<StudyProportion> studies = new ArrayList<>();
        List<String> whose = new ArrayList<>();
        List<String> without = new ArrayList<>();
        List<String> otherTime = new ArrayList<>();
        Set<Double> times = new TreeSet<>();
        for (PublishedRate rate : all.usableForCalibration().rates()) {
            OptionalInt n = rate.n();
            if (months != null && !(rate.months().isPresent() && rate.months().getAsDouble() == months)) {
                otherTime.add(rate.id());
            } else if (!isPoolable(rate)) {
                without.add(rate.id());
            } else {
                rate.months().ifPresent(times::add);
                studies.add(study(rate, n.orElseThrow()));
                whose.add(rate.id() + " (" + rate.population() + ")");
            }
        }
        List<String> warnings = new ArrayList<>();
        if (!studies.isEmpty()) {
            warnings.add(
                    "counts are the printed percentages of the patients, rounded: where follow-up was censored they"
                            + " are no binomial counts, and the studies' intervals are somewhat too short");
        }
        if (studies.size() > 1) {
            warnings.add(
                    "whose figures they are, which differ (--leave-out takes one away): " + String.join(", ", whose));
        }
        if (times.size() > 1) {
            warnings.add("figures of different times are pooled: months "
                    + times.stream().map(Cells::plain).collect(Collectors.joining(", "))
                    + "; --months takes one of them");
        }
        name(warnings, otherTime, "left out as of another time, or of none");
        name(warnings, without, "left out for want of one percentage with one number of patients");
        List<String> unread = all.rates().stream()
                .filter(r -> r.status() != EvidenceStatus.READ)
                .map(PublishedRate::id)
                .toList();
        name(warnings, unread, "left out as not read in the source itself");
        return new PublishedStudies(List.copyOf(studies), all.rates().size(), warnings);
    }

    /** One percentage of one number of patients. */
    private static boolean isPoolable(PublishedRate rate) {
        return rate.n().isPresent() && rate.isProbability();
    }

    /** Refuses an endpoint, or a time of it, of which there is nothing to pool, and says of which there is. */
    private static void requirePoolable(String endpoint, @Nullable Double months) {
        List<PublishedRate> poolable = EvidenceTable.jmml().usableForCalibration().rates().stream()
                .filter(PublishedStudies::isPoolable)
                .toList();
        List<String> endpoints =
                poolable.stream().map(PublishedRate::endpoint).distinct().toList();
        if (!endpoints.contains(endpoint)) {
            throw InvalidArgumentException.ofText("--endpoint", endpoint, "one of " + endpoints);
        }
        Set<Double> times = new TreeSet<>();
        poolable.stream()
                .filter(r -> r.endpoint().equals(endpoint) && r.months().isPresent())
                .forEach(r -> times.add(r.months().getAsDouble()));
        if (months != null && !times.contains(months)) {
            String there = times.stream().map(Cells::plain).collect(Collectors.joining(", "));
            throw InvalidArgumentException.of(
                    "--months for " + endpoint,
                    Cells.plain(months),
                    times.isEmpty() ? "none, as no figure of it has a time" : there);
        }
    }

    private static void name(List<String> warnings, List<String> ids, String why) {
        if (!ids.isEmpty()) {
            warnings.add(why + ": " + String.join(", ", ids));
        }
    }

    /** Figures of one publication may count the same patients, so the publication stands for the registry. */
    private static StudyProportion study(PublishedRate rate, int n) {
        int events = (int) Math.rint(rate.probability() * n);
        List<String> publication = List.of(rate.source().citation());
        return new StudyProportion(rate.id(), events, n, publication, OptionalInt.empty(), OptionalInt.empty());
    }
}
