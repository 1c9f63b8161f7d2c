package io.engraft.history;

import static io.engraft.history.TransplantEvent.ACUTE_GVHD_1;
import static io.engraft.history.TransplantEvent.ACUTE_GVHD_2;
import static io.engraft.history.TransplantEvent.ACUTE_GVHD_3;
import static io.engraft.history.TransplantEvent.ACUTE_GVHD_4;
import static io.engraft.history.TransplantEvent.CHRONIC_GVHD;
import static io.engraft.history.TransplantEvent.CHRONIC_GVHD_MILD;
import static io.engraft.history.TransplantEvent.CHRONIC_GVHD_MODERATE;
import static io.engraft.history.TransplantEvent.CHRONIC_GVHD_SEVERE;
import static io.engraft.history.TransplantEvent.DEATH;
import static io.engraft.history.TransplantEvent.LAST_CONTACT;
import static io.engraft.history.TransplantEvent.RELAPSE;
import static io.engraft.history.TransplantEvent.SECOND_RELAPSE;

import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import io.engraft.internal.csv.NumberText;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one patient, in days from the first transplantation (day 0). Every event is dated by when it first
 * happened: an acute GVHD that is grade III at onset has {@link TransplantEvent#ACUTE_GVHD_3} and needs no grades below.
 * Immutable; a history that cannot be is refused when it is built.
 *
 * <p>A history ends with death or with last contact. It is refused where
 *
 * <ul>
 *   <li>neither is known, both are and differ, or anything is after the end;
 *   <li>a time is NaN, infinite, or before the first transplantation, or the second transplantation is on day 0;
 *   <li>a higher grade of acute GVHD or severity of chronic GVHD is before a lower one, or the onset of chronic GVHD
 *       {@link TransplantEvent#CHRONIC_GVHD} is after a severity;
 *   <li>systemic therapy for chronic GVHD is without an onset or before it;
 *   <li>relapse after the second transplantation is without a second transplantation, before it, or before the first
 *       relapse;
 *   <li>engraftment is after graft failure with no second transplantation between them.
 * </ul>
 */
public final class TransplantHistory {

    static final List<TransplantEvent> ACUTE = List.of(ACUTE_GVHD_1, ACUTE_GVHD_2, ACUTE_GVHD_3, ACUTE_GVHD_4);
    static final List<TransplantEvent> CHRONIC =
            List.of(CHRONIC_GVHD, CHRONIC_GVHD_MILD, CHRONIC_GVHD_MODERATE, CHRONIC_GVHD_SEVERE);

    private final String id;
    private final Map<TransplantEvent, Double> days;

    private TransplantHistory(String id, Map<TransplantEvent, Double> days) {
        this.id = id;
        this.days = days;
    }

    /**
     * Starts a history in days.
     *
     * @param id the patient
     * @return a builder
     */
    public static Builder builder(String id) {
        return new Builder(id, null);
    }

    /**
     * Starts a history in dates or days.
     *
     * @param id the patient
     * @param firstTransplant the date that is day 0
     * @return a builder
     */
    public static Builder builder(String id, LocalDate firstTransplant) {
        return new Builder(id, firstTransplant);
    }

    /**
     * The patient.
     *
     * @return the id
     */
    public String id() {
        return id;
    }

    /**
     * When something happened.
     *
     * @param event what
     * @return the day, empty where it did not happen
     */
    public OptionalDouble day(TransplantEvent event) {
        return first(List.of(event));
    }

    /**
     * Acute GVHD of a grade or worse.
     *
     * @param grade the least grade, 1 to 4
     * @return the first day with it, empty where it did not happen
     */
    public OptionalDouble acuteGvhd(int grade) {
        Require.atLeast("grade", grade, 1);
        if (grade > 4) {
            throw InvalidArgumentException.of("grade", grade, "1 to 4");
        }
        return first(ACUTE.subList(grade - 1, ACUTE.size()));
    }

    /**
     * Chronic GVHD of any severity.
     *
     * @return the first day with it, empty where it did not happen
     */
    public OptionalDouble chronicGvhd() {
        return first(CHRONIC);
    }

    /**
     * Moderate or severe chronic GVHD.
     *
     * @return the first day with it, empty where it is not known to have happened
     */
    public OptionalDouble moderateChronicGvhd() {
        return first(CHRONIC.subList(2, CHRONIC.size()));
    }

    /**
     * Whether there was chronic GVHD of which no severity is known.
     *
     * @return true where only its onset is known
     */
    public boolean hasChronicGvhdOfUnknownSeverity() {
        return day(CHRONIC_GVHD).isPresent()
                && first(CHRONIC.subList(1, CHRONIC.size())).isEmpty();
    }

    /**
     * The first relapse or progression, before or after a second transplantation.
     *
     * @return the day, empty where none happened
     */
    public OptionalDouble firstRelapse() {
        return day(RELAPSE).isPresent() ? day(RELAPSE) : day(SECOND_RELAPSE);
    }

    /**
     * The end of follow-up.
     *
     * @return the day of death or of last contact
     */
    public double end() {
        return first(List.of(DEATH, LAST_CONTACT)).orElseThrow();
    }

    private OptionalDouble first(List<TransplantEvent> events) {
        return events.stream()
                .map(days::get)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .min();
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        days.forEach((event, day) -> parts.add(event.column() + " at day " + Brief.number(day)));
        return "patient " + id + ": " + String.join(", ", parts);
    }

    /** Collects what happened. Not for use by several threads. */
    public static final class Builder {

        private final String id;
        private final @Nullable LocalDate firstTransplant;
        private final Map<TransplantEvent, Double> days = new EnumMap<>(TransplantEvent.class);
        private final Map<TransplantEvent, String> written = new EnumMap<>(TransplantEvent.class);
        private final Set<TransplantEvent> dated = EnumSet.noneOf(TransplantEvent.class);

        private Builder(String id, @Nullable LocalDate firstTransplant) {
            if (id.isBlank()) {
                throw InvalidArgumentException.ofText("patient id", id, "text that is not blank");
            }
            this.id = id;
            this.firstTransplant = firstTransplant;
        }

        /**
         * Something happened.
         *
         * @param event what
         * @param day when it first happened, in days from the first transplantation; looked at in {@link #build()}
         * @return this
         * @throws InvalidArgumentException when it was given before
         */
        public Builder on(TransplantEvent event, double day) {
            return put(event, day, Double.isFinite(day) ? NumberText.plain(day) : Double.toString(day));
        }

        /**
         * Something happened.
         *
         * @param event what
         * @param date when it first happened
         * @return this
         * @throws InvalidArgumentException when it was given before, or the date of the first transplantation is not
         *     known
         */
        public Builder on(TransplantEvent event, LocalDate date) {
            if (firstTransplant == null) {
                throw InvalidArgumentException.of(
                        event.column(), date, "days, as the history was begun without the first transplant's date");
            }
            return on(event, date, date.toString());
        }

        /** The same, with how the date was written. */
        Builder on(TransplantEvent event, LocalDate date, String text) {
            LocalDate start = Objects.requireNonNull(firstTransplant);
            dated.add(event);
            return put(event, (double) ChronoUnit.DAYS.between(start, date), text);
        }

        private Builder put(TransplantEvent event, double day, String text) {
            String before = written.putIfAbsent(event, text);
            if (before != null) {
                throw InvalidArgumentException.of(
                        event.column() + " of patient " + id, text, "once, and it was " + before);
            }
            days.put(event, day);
            return this;
        }

        /**
         * The history, checked.
         *
         * @return an immutable history
         * @throws InvalidDataException when it cannot be; it lists every contradiction, with the event's column name and
         *     its time as it was given
         */
        public TransplantHistory build() {
            return build(TransplantEvent::column);
        }

        /** The same, with what the columns of the events are called where they come from. */
        TransplantHistory build(Function<TransplantEvent, String> columns) {
            List<DataProblem> problems = new HistoryCheck(id, days, written, columns, dated).problems();
            if (!problems.isEmpty()) {
                throw new InvalidDataException(problems);
            }
            return new TransplantHistory(id, new EnumMap<>(days));
        }
    }
}
