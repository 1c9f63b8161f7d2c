package io.engraft.pathway;

import io.engraft.curve.PointEstimate;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.internal.csv.NumberText;
import java.util.ArrayList;
import java.util.List;

/** Answers to {@link OutcomeQuestions}, with intervals where there is sampling error and the ranges of assumptions. */
public final class OutcomeAnswers implements Tabular {

    /** What an answer is about. */
    public enum Kind {
        /** Of all who ever have the event, the share that has it by {@code time}. */
        SHARE_BEFORE("share-before"),
        /** The time by which {@code share} of all who ever have the event has had it. */
        TIME_BY("time-by"),
        /** The risk of ever having the event, of someone to whom nothing has happened by {@code time}. */
        REMAINING_RISK("remaining-risk"),
        /** The probability that nothing ever happens to someone to whom nothing has happened by {@code time}. */
        REMAINING_EVENT_FREE("remaining-event-free");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /**
         * The name in tables.
         *
         * @return for example "share-before"
         */
        public String label() {
            return label;
        }
    }

    /**
     * One answer.
     *
     * @param kind what it is about
     * @param event the event; empty where it is about none of them
     * @param given the time, or for {@link Kind#TIME_BY} the share
     * @param answer the answer
     * @param low the least answer when the assumptions are moved to the ends of their ranges, one at a time
     * @param high the largest such answer
     */
    public record Answer(Kind kind, String event, double given, PointEstimate answer, double low, double high) {}

    private final List<Answer> answers;
    private final double horizon;

    private OutcomeAnswers(List<Answer> answers, double horizon) {
        this.answers = List.copyOf(answers);
        this.horizon = horizon;
    }

    static OutcomeAnswers of(OutcomeQuestions asked, double[] before, double[] shares, double[] reached) {
        List<Answer> answers = new ArrayList<>();
        for (String event : asked.events()) {
            for (double t : before) {
                add(answers, asked, Kind.SHARE_BEFORE, event, t, q -> OutcomeQuestions.number(q.shareBefore(event, t)));
            }
            for (double p : shares) {
                add(answers, asked, Kind.TIME_BY, event, p, q -> OutcomeQuestions.number(q.timeBy(event, p)));
            }
        }
        double ever = Double.POSITIVE_INFINITY;
        for (double s : reached) {
            for (String event : asked.events()) {
                add(
                        answers,
                        asked,
                        Kind.REMAINING_RISK,
                        event,
                        s,
                        q -> OutcomeQuestions.number(q.remainingRisk(event, s, ever)));
            }
            add(
                    answers,
                    asked,
                    Kind.REMAINING_EVENT_FREE,
                    "",
                    s,
                    q -> OutcomeQuestions.number(q.remainingEventFree(s, ever)));
        }
        return new OutcomeAnswers(answers, asked.horizon());
    }

    private static void add(
            List<Answer> answers,
            OutcomeQuestions asked,
            Kind kind,
            String event,
            double given,
            OutcomeQuestions.Question question) {
        PointEstimate answer = switch (kind) {
            case SHARE_BEFORE -> asked.shareBefore(event, given);
            case TIME_BY -> asked.timeBy(event, given);
            case REMAINING_RISK -> asked.remainingRisk(event, given, Double.POSITIVE_INFINITY);
            case REMAINING_EVENT_FREE -> asked.remainingEventFree(given, Double.POSITIVE_INFINITY);
        };
        double[] range = asked.assumptionRange(question);
        answers.add(new Answer(kind, event, given, answer, range[0], range[1]));
    }

    /**
     * The answers.
     *
     * @return in the order asked
     */
    public List<Answer> answers() {
        return answers;
    }

    /**
     * What the answers hold and what they leave out.
     *
     * @return sentences
     */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (horizon < Double.POSITIVE_INFINITY) {
            notes.add("\"Ever\" means by time " + NumberText.format(horizon) + ", where the curves end.");
        }
        notes.add("Intervals hold the sampling error of the curves. Those of a model hold that of its shares only: the"
                + " times of events are taken as known, so shares and times of an event have none.");
        notes.add("The range from low to high moves one assumption at a time to an end of its range; together they can"
                + " do more.");
        return List.copyOf(notes);
    }

    /**
     * The answers as a table.
     *
     * @return columns question, event, given (a time, or for time-by a share), answer, std_error, lower, upper,
     *     assumptions_low, assumptions_high
     */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .text("question")
                .text("event")
                .number("given")
                .number("answer")
                .number("std_error")
                .number("lower")
                .number("upper")
                .number("assumptions_low")
                .number("assumptions_high");
        for (Answer a : answers) {
            PointEstimate p = a.answer();
            boolean interval = p.isEstimable() && p.hasInterval();
            table.row(
                    a.kind().label(),
                    a.event().isEmpty() ? null : a.event(),
                    a.given(),
                    OutcomeQuestions.number(p),
                    p.isEstimable() ? p.standardError().orElse(Double.NaN) : Double.NaN,
                    interval ? p.interval().lower().orElse(Double.NaN) : Double.NaN,
                    interval ? p.interval().upper().orElse(Double.NaN) : Double.NaN,
                    a.low(),
                    a.high());
        }
        return table.build();
    }

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        answers.forEach(a ->
                lines.add(a.kind().label() + ", " + a.event() + ", " + Brief.number(a.given()) + ": " + a.answer()));
        return String.join("\n", lines);
    }
}
