package io.engraft.pathway;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.curve.ConfidenceType;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.Profile;
import io.engraft.curve.StateProbabilities;
import io.engraft.internal.Brief;
import io.engraft.internal.CauseChoice;
import io.engraft.internal.Require;
import io.engraft.multistate.Fate;
import io.engraft.multistate.MultiStateModel;
import io.engraft.multistate.mixture.CompetingRisksMixture;
import io.engraft.multistate.solve.SolvedOccupancy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What patients and their doctors ask of competing risks. With F_k(t) the incidence of event k, F_k its limit, and S(t)
 * the probability that no event has happened by t:
 *
 * <ul>
 *   <li>{@link #shareBefore}: of all who ever have event k, the share that has it by t, F_k(t) / F_k;
 *   <li>{@link #timeBy}: the time by which a share p of those has had it, F_k(t) = p F_k;
 *   <li>{@link #remainingRisk}: the risk of event k by u of someone to whom nothing has happened by s,
 *       (F_k(u) - F_k(s)) / S(s); u may be infinite.
 * </ul>
 *
 * <p>Where the curves are known up to a horizon only, "ever" means by the horizon, and infinity is it too. Standard
 * errors are from the joint covariance of the curves by the delta method, intervals on the logit scale. Curves of a
 * mixture carry the sampling error of the fates' probabilities and take the times of events as known: so a share before t
 * has no interval. Where whole mixtures were drawn ({@link CompetingRisksMixture#withDraws}), intervals hold the central
 * answers of the draws, the lowest and highest of their groups. What the assumptions of a pathway leave open is told beside it ({@link #answers()}). Immutable.
 */
@CheckReturnValue
public final class OutcomeQuestions {

    private static final int STEPS = 200;
    private static final double ROUNDING = 1e-9;
    private static final double BEFORE = 12;
    private static final double[] REACHED = {6, 12, 24};

    /** A question that has one number as its answer. */
    interface Question {
        double ask(OutcomeQuestions of);
    }

    private final List<String> events;
    private final OutcomeCurves curves;
    private final double horizon;
    private final double level;
    /** The same curves with one assumption at an end of its range. */
    private final List<OutcomeQuestions> variants;

    private final OutcomeDraws draws;

    private OutcomeQuestions(
            List<String> events,
            OutcomeCurves curves,
            double horizon,
            double level,
            List<OutcomeQuestions> variants,
            OutcomeDraws draws) {
        this.events = List.copyOf(events);
        this.curves = curves;
        this.horizon = horizon;
        this.level = level;
        this.variants = List.copyOf(variants);
        this.draws = draws;
    }

    /**
     * Questions about competing risks whose every other state is one event and is never left: an estimate from patients,
     * or simulated patients.
     *
     * @param competingRisks the curves
     * @param eventFree the name of the state before any event
     * @return the questions
     * @throws InvalidArgumentException when there is no such state
     */
    public static OutcomeQuestions of(StateProbabilities competingRisks, String eventFree) {
        List<String> events = new ArrayList<>(competingRisks.states());
        if (!events.remove(eventFree)) {
            throw InvalidArgumentException.of("event-free state", eventFree, "one of " + events);
        }
        OutcomeCurves curves = OutcomeCurves.of(competingRisks, eventFree, events);
        return new OutcomeQuestions(events, curves, competingRisks.horizon(), 0.95, List.of(), OutcomeDraws.NONE);
    }

    /**
     * Questions about a mixture, with its uncertainty and level.
     *
     * @param mixture the competing risks
     * @return the questions
     */
    public static OutcomeQuestions of(CompetingRisksMixture mixture) {
        String free = mixture.states().get(0);
        // Where mixtures were drawn, they are asked themselves; the stated one then gives values alone.
        StateProbabilities curves =
                mixture.draws().isEmpty() ? mixture : CompetingRisksMixture.of(free, mixture.fates());
        OutcomeQuestions stated = of(curves, free);
        OutcomeDraws draws = OutcomeDraws.of(mixture, stated.events);
        return new OutcomeQuestions(stated.events, stated.curves, stated.horizon, mixture.level(), List.of(), draws);
    }

    /**
     * Questions about the first state of a pathway, its fates as competing risks, with its sample size where it has one,
     * and with what the ranges of its assumptions leave open.
     *
     * @param pathway a pathway whose first state is left by fates; for the time after transplant of a pathway from
     *     diagnosis, {@link PathwayModel#withStart} that state
     * @return the questions
     * @throws InvalidArgumentException when the pathway is not one of fates alone
     */
    public static OutcomeQuestions of(PathwayModel pathway) {
        OutcomeQuestions stated = of(pathway.mixture());
        List<OutcomeQuestions> variants = new ArrayList<>();
        String first = pathway.model().start();
        for (Assumption a : pathway.assumptions()) {
            boolean matters = pathway.numberList().stream()
                    .anyMatch(n -> n.state().equals(first) && a.id().equals(n.assumption()));
            for (double value : matters ? new double[] {a.low(), a.high()} : new double[0]) {
                pathway.ifPossible(a.id(), value).ifPresent(p -> variants.add(of(p.mixture())));
            }
        }
        return new OutcomeQuestions(stated.events, stated.curves, stated.horizon, stated.level, variants, stated.draws);
    }

    /**
     * Questions about the events that end the time in the state in which all patients of a solved model start.
     *
     * @param solved the solution; "ever" means by its horizon
     * @return the questions, whose answers carry no sampling error
     * @throws InvalidArgumentException when patients start in several states, or such an event can happen in another
     *     state too
     */
    public static OutcomeQuestions of(SolvedOccupancy solved) {
        MultiStateModel model = solved.model();
        if (model.starts().size() != 1) {
            throw InvalidArgumentException.of("start", model.starts().keySet(), "one state");
        }
        String free = model.starts().keySet().iterator().next();
        List<String> events = leaving(model, free);
        for (String state : model.stateNames()) {
            List<String> others = state.equals(free) ? List.of() : leaving(model, state);
            events.stream().filter(others::contains).findFirst().ifPresent(event -> {
                throw new InvalidArgumentException("event '" + event + "' happens in state '" + state
                        + "' too; allowed: events that happen in the first state '" + free + "' only");
            });
        }
        if (solved.expectedVisits(free, solved.horizon()) > 1 + ROUNDING) {
            throw new InvalidArgumentException(
                    "state '" + free + "' is entered again; allowed: a first state that is" + " not returned to");
        }
        OutcomeCurves curves = OutcomeCurves.of(solved, free, events);
        return new OutcomeQuestions(events, curves, solved.horizon(), 0.95, List.of(), OutcomeDraws.NONE);
    }

    private static List<String> leaving(MultiStateModel model, String state) {
        List<String> events = new ArrayList<>();
        model.state(state).fates().stream()
                .filter(Fate::leaves)
                .map(Fate::event)
                .forEach(events::add);
        model.transitionsFrom(state).forEach(t -> events.add(t.event()));
        return events;
    }

    /**
     * The same questions with intervals of another level.
     *
     * @param confidence strictly between 0 and 1
     * @return the questions
     */
    public OutcomeQuestions withLevel(double confidence) {
        return new OutcomeQuestions(
                events, curves, horizon, Require.properFraction("level", confidence), variants, draws);
    }

    /**
     * The events.
     *
     * @return their names
     */
    public List<String> events() {
        return events;
    }

    /**
     * The last time at which the curves are known.
     *
     * @return infinity for mixtures
     */
    public double horizon() {
        return horizon;
    }

    private int curve(String event) {
        return CauseChoice.code("event", event, events);
    }

    private double inside(double t) {
        if (Require.time(t) > horizon && t != Double.POSITIVE_INFINITY) {
            throw InvalidArgumentException.of("time", t, "0 <= time <= " + horizon + ", where the curves are known");
        }
        return Math.min(t, horizon);
    }

    /**
     * Of all who ever have an event, the share that has it by a time.
     *
     * @param event the event
     * @param t the time
     * @return F(t) / F(ever); not estimable where the event never happens
     * @throws InvalidArgumentException when there is no such event, or t is not a time within the horizon
     */
    public PointEstimate shareBefore(String event, double t) {
        int k = curve(event);
        double at = inside(t);
        double ever = curves.value(k, horizon);
        if (!(ever > curves.resolution())) {
            return PointEstimate.notEstimable("the event '" + event + "' never happens");
        }
        double share = Math.min(1, curves.value(k, at) / ever);
        int n = events.size() + 1;
        double[] gradient = new double[2 * n];
        gradient[k] = 1 / ever;
        gradient[n + k] = -share / ever;
        return withError(share, gradient, draws.shareBefore(share, k, t, level), at, horizon);
    }

    /**
     * Of all who ever have an event, the share that has it by a time.
     *
     * @param code the place of the event in {@link #events()}, from 1
     * @param t the time
     * @return F(t) / F(ever); not estimable where the event never happens
     * @throws InvalidArgumentException when there is no such event, or t is not a time within the horizon
     */
    public PointEstimate shareBefore(int code, double t) {
        return shareBefore(CauseChoice.label("event", code, events), t);
    }

    /**
     * The time by which a share of all who ever have an event has had it.
     *
     * @param event the event
     * @param share the share, strictly between 0 and 1
     * @return the smallest such time, with an interval only where whole mixtures were drawn; not estimable where the event
     *     never happens
     * @throws InvalidArgumentException when there is no such event, or the share is not between 0 and 1
     */
    public PointEstimate timeBy(String event, double share) {
        PointEstimate stated = statedTimeBy(event, share);
        return stated.isEstimable()
                ? draws.timeBy(stated.estimate(), curve(event), share, level).orElse(stated)
                : stated;
    }

    private PointEstimate statedTimeBy(String event, double share) {
        int k = curve(event);
        Require.properFraction("share", share);
        double ever = curves.value(k, horizon);
        if (!(ever > curves.resolution())) {
            return PointEstimate.notEstimable("the event '" + event + "' never happens");
        }
        double target = share * ever;
        for (double jump : curves.jumps()) {
            if (curves.value(k, jump) >= target) {
                return PointEstimate.exact(jump);
            }
        }
        double high = Math.min(1, horizon);
        while (curves.value(k, high) < target && high < horizon) {
            high = Math.min(2 * high, horizon);
        }
        double low = 0;
        for (int j = 0; j < STEPS && low < high; j++) {
            double middle = 0.5 * (low + high);
            if (!(middle > low && middle < high)) {
                break;
            }
            if (curves.value(k, middle) < target) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return PointEstimate.exact(high);
    }

    /**
     * The time by which a share of all who ever have an event has had it.
     *
     * @param code the place of the event in {@link #events()}, from 1
     * @param share the share, strictly between 0 and 1
     * @return the smallest such time, with an interval only where whole mixtures were drawn; not estimable where the event
     *     never happens
     * @throws InvalidArgumentException when there is no such event, or the share is not between 0 and 1
     */
    public PointEstimate timeBy(int code, double share) {
        return timeBy(CauseChoice.label("event", code, events), share);
    }

    /**
     * The risk of an event by u of someone to whom nothing has happened by s.
     *
     * @param event the event
     * @param s the time that was reached without any event
     * @param u the time by which, infinite for ever
     * @return (F(u) - F(s)) / S(s); not estimable where nobody is without an event at s
     * @throws InvalidArgumentException when there is no such event, or the times are not 0 &lt;= s &lt;= u within the
     *     horizon
     */
    public PointEstimate remainingRisk(String event, double s, double u) {
        int k = curve(event);
        double[] times = ordered(s, u);
        double free = curves.value(0, times[0]);
        if (!(free > curves.resolution())) {
            return nobody(s);
        }
        double risk = (curves.value(k, times[1]) - curves.value(k, times[0])) / free;
        int n = events.size() + 1;
        double[] gradient = new double[2 * n];
        gradient[n + k] = 1 / free;
        gradient[k] = -1 / free;
        gradient[0] = -risk / free;
        risk = Math.min(1, Math.max(0, risk));
        return withError(risk, gradient, draws.remaining(risk, k, times, level), times);
    }

    /**
     * The risk of an event by u of someone to whom nothing has happened by s.
     *
     * @param code the place of the event in {@link #events()}, from 1
     * @param s the time that was reached without any event
     * @param u the time by which, infinite for ever
     * @return (F(u) - F(s)) / S(s); not estimable where nobody is without an event at s
     * @throws InvalidArgumentException when there is no such event, or the times are not 0 &lt;= s &lt;= u within the
     *     horizon
     */
    public PointEstimate remainingRisk(int code, double s, double u) {
        return remainingRisk(CauseChoice.label("event", code, events), s, u);
    }

    /**
     * The probability that nothing happens by u to someone to whom nothing has happened by s.
     *
     * @param s the time that was reached without any event
     * @param u the time by which, infinite for ever
     * @return S(u) / S(s); not estimable where nobody is without an event at s
     * @throws InvalidArgumentException when the times are not 0 &lt;= s &lt;= u within the horizon
     */
    public PointEstimate remainingEventFree(double s, double u) {
        double[] times = ordered(s, u);
        double free = curves.value(0, times[0]);
        if (!(free > curves.resolution())) {
            return nobody(s);
        }
        double share = Math.min(1, curves.value(0, times[1]) / free);
        double[] gradient = new double[2 * (events.size() + 1)];
        gradient[events.size() + 1] = 1 / free;
        gradient[0] = -share / free;
        return withError(share, gradient, draws.remaining(share, 0, times, level), times);
    }

    private static PointEstimate nobody(double s) {
        return PointEstimate.notEstimable("nobody is without an event at " + s);
    }

    private double[] ordered(double s, double u) {
        double from = inside(s);
        if (s == Double.POSITIVE_INFINITY || !(u >= s)) {
            throw new InvalidArgumentException(
                    "times are s = " + s + " and u = " + u + "; allowed: 0 <= s <= u, s finite");
        }
        return new double[] {from, inside(u)};
    }

    static double number(PointEstimate p) {
        return p.optional().orElse(Double.NaN);
    }

    private PointEstimate withError(double value, double[] gradient, Optional<PointEstimate> drawn, double... times) {
        if (drawn.isPresent()) {
            return drawn.get();
        }
        double[][] covariance = curves.covariance(times);
        double variance = 0;
        double scale = 0;
        for (int a = 0; a < gradient.length; a++) {
            for (int b = 0; b < gradient.length; b++) {
                double part = gradient[a] == 0 || gradient[b] == 0 ? 0 : gradient[a] * covariance[a][b] * gradient[b];
                variance += part;
                scale += Math.abs(part);
            }
        }
        if (!(variance > ROUNDING * scale)) {
            return PointEstimate.exact(value); // nothing is left of it but rounding
        }
        double error = Math.sqrt(variance);
        return PointEstimate.of(value, error, ConfidenceType.LOGIT.interval(value, error, level, Profile.ENGRAFT));
    }

    /**
     * What the answer to a question becomes when the assumptions of the pathway are moved to the ends of their ranges, one
     * at a time.
     *
     * @param question the question's answer, such as one of {@link #shareBefore}
     * @return the least and the largest answer; twice the same where the questions are not about a pathway
     */
    double[] assumptionRange(Question question) {
        double least = question.ask(this);
        double most = least;
        for (OutcomeQuestions variant : variants) {
            double answer = question.ask(variant);
            least = Math.min(least, answer);
            most = Math.max(most, answer);
        }
        return new double[] {least, most};
    }

    /**
     * The answers to the usual questions in one table: the share of each event before 12, the time by which 95 % have had
     * it, and what lies ahead of someone without an event at 6, 12 and 24, in the unit of the curves (months for the
     * shipped pathways); times beyond the horizon are left out.
     *
     * @return the answers
     */
    public OutcomeAnswers answers() {
        double[] reached = Arrays.stream(REACHED).filter(t -> t <= horizon).toArray();
        return answers(horizon < BEFORE ? new double[0] : new double[] {BEFORE}, new double[] {0.95}, reached);
    }

    /**
     * The answers to all questions in one table.
     *
     * @param before times before which the share of each event is wanted
     * @param shares shares by which the time of each event is wanted
     * @param reached times that someone has reached without an event
     * @return the answers
     * @throws InvalidArgumentException when a time is beyond the horizon, or a share not between 0 and 1
     */
    public OutcomeAnswers answers(double[] before, double[] shares, double[] reached) {
        return OutcomeAnswers.of(this, before, shares, reached);
    }

    @Override
    public String toString() {
        return "questions about " + Brief.list(events) + " up to " + Brief.number(horizon);
    }
}
