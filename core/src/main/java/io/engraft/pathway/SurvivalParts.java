package io.engraft.pathway;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.ConfidenceType;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.Profile;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.evidence.EvidenceTable;
import io.engraft.evidence.PublishedRate;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import io.engraft.internal.csv.NumberText;
import io.engraft.multistate.Fate;
import io.engraft.multistate.FateState;
import io.engraft.multistate.MultiStateModel;
import io.engraft.multistate.mixture.CompetingRisksMixture;
import io.engraft.multistate.solve.OccupancySolver;
import io.engraft.multistate.solve.SolvedOccupancy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why one page says 50 % and another 64 %: event-free survival counts those to whom nothing has happened, overall survival
 * everyone alive, and the difference is patients alive after a relapse, in remission again or not. At one time:
 *
 * <p>P(alive) = P(no event so far) + sum over later states in which patients are alive of P(state).
 *
 * <p>Beside the model's numbers stand the published ones that the pathway lists. Standard errors and intervals (logit
 * scale) hold the sampling error of the first state's shares, where it has a sample size; the numbers of later states are
 * taken as known ({@link PathwayModel#sensitivity(double)} moves them). There are none where the first state has no, or
 * several, fates that never end.
 */
public final class SurvivalParts implements Tabular {

    private static final double TOLERANCE = 1e-6;
    private static final double PERCENT = 100;

    /**
     * A state in which patients are alive after the first event.
     *
     * @param state its name
     * @param label its label
     * @param share the share of all patients who are in it
     */
    public record Part(String state, String label, PointEstimate share) {}

    private final double time;
    private final String unit;
    private final PointEstimate eventFree;
    private final PointEstimate overall;
    private final PointEstimate difference;
    private final List<Part> parts;
    private final List<PublishedRate> published;

    private SurvivalParts(
            double time,
            String unit,
            PointEstimate eventFree,
            PointEstimate overall,
            PointEstimate difference,
            List<Part> parts,
            List<PublishedRate> published) {
        this.time = time;
        this.unit = unit;
        this.eventFree = eventFree;
        this.overall = overall;
        this.difference = difference;
        this.parts = List.copyOf(parts);
        this.published = List.copyOf(published);
    }

    /**
     * The parts of survival after transplant.
     *
     * @param pathway a pathway of fates whose first state is that before any event, such as "transplant"
     * @param time the time, positive, in the unit of the pathway
     * @return the parts
     * @throws InvalidArgumentException when the time is not positive, or the pathway is not one of fates alone whose first
     *     state is counted as free of leukaemia
     */
    public static SurvivalParts of(PathwayModel pathway, double time) {
        Require.positive("time", time);
        CompetingRisksMixture mixture = pathway.mixture();
        String first = pathway.model().start();
        if (!pathway.leukaemiaFreeStates().contains(first)) {
            throw new InvalidArgumentException("the first state '" + first + "' is not free of leukaemia, so that there"
                    + " is no event-free survival; allowed: pathways such as 'transplant', or withStart such a state");
        }
        MultiStateModel model = pathway.multiStateModel();
        List<String> alive = model.aliveStates();
        double[][] byFate = byFate(model, first, alive, time);
        Errors errors = Errors.of(mixture);
        double[] all = new double[byFate[0].length];
        double[] later = new double[all.length];
        List<Part> parts = new ArrayList<>();
        PointEstimate eventFree = PointEstimate.exact(0);
        for (int s = 0; s < alive.size(); s++) {
            boolean isFirst = alive.get(s).equals(first);
            for (int k = 0; k < all.length; k++) {
                all[k] += byFate[s][k];
                later[k] += isFirst ? 0 : byFate[s][k];
            }
            PointEstimate share = errors.estimate(byFate[s]);
            if (isFirst) {
                eventFree = share;
            } else {
                parts.add(new Part(alive.get(s), model.state(alive.get(s)).label(), share));
            }
        }
        return new SurvivalParts(
                time,
                model.unit().label(),
                eventFree,
                errors.estimate(all),
                errors.estimate(later),
                parts,
                published(pathway));
    }

    /** P(in state at the time | fate of the first state), the states being those alive. */
    private static double[][] byFate(MultiStateModel model, String first, List<String> alive, double time) {
        FateState stated = model.state(first);
        double[][] values = new double[alive.size()][Math.max(1, stated.fates().size())];
        for (int k = 0; k < values[0].length; k++) {
            SolvedOccupancy solved =
                    OccupancySolver.withDefaults().withTolerance(TOLERANCE).solve(withFate(model, stated, k), time);
            for (int s = 0; s < alive.size(); s++) {
                values[s][k] = solved.probability(alive.get(s), time);
            }
        }
        return values;
    }

    private static MultiStateModel withFate(MultiStateModel model, FateState stated, int chosen) {
        MultiStateModel.Builder builder = MultiStateModel.builder(model.unit()).start(stated.name());
        for (FateState state : model.states()) {
            List<Fate> fates = new ArrayList<>();
            for (Fate fate : state.fates()) {
                double p = state.name().equals(stated.name()) ? (fates.size() == chosen ? 1 : 0) : fate.probability();
                fates.add(new Fate(fate.event(), fate.to(), p, fate.law()));
            }
            builder.state(new FateState(state.name(), state.label(), state.alive(), 0, fates));
        }
        return builder.build();
    }

    private static List<PublishedRate> published(PathwayModel pathway) {
        List<String> named = pathway.evidence().stream().map(EvidenceSource::id).toList();
        return EvidenceTable.jmml().usableForCalibration().rates().stream()
                .filter(r -> named.contains(r.id()) && r.isProbability())
                .filter(r -> isEventFree(r) || isOverall(r))
                .toList();
    }

    private static boolean isEventFree(PublishedRate rate) {
        return rate.endpoint().equals("EFS") || rate.endpoint().equals("DFS");
    }

    private static boolean isOverall(PublishedRate rate) {
        return rate.endpoint().equals("OS");
    }

    /** The fates' shares and their covariance, by which a number that is linear in them has an error. */
    private static final class Errors {

        private final double[] shares;
        private final double[][] covariance;
        private final double level;

        private Errors(double[] shares, double[][] covariance, double level) {
            this.shares = shares;
            this.covariance = covariance;
            this.level = level;
        }

        static Errors of(CompetingRisksMixture mixture) {
            int n = mixture.fates().size();
            double[] shares =
                    mixture.fates().stream().mapToDouble(Fate::probability).toArray();
            double[][] covariance = new double[n][n];
            if (mixture.fates().stream().filter(f -> !f.leaves()).count() == 1) {
                // At infinity every fate with a law has happened, and who is still event-free has the one without: the
                // covariance of the states is that of the shares.
                double[][] given = mixture.covariance(new double[] {Double.POSITIVE_INFINITY});
                for (int a = 0; a < n; a++) {
                    for (int b = 0; b < n; b++) {
                        covariance[a][b] = given[place(mixture, a)][place(mixture, b)];
                    }
                }
            }
            return new Errors(shares, covariance, mixture.level());
        }

        private static int place(CompetingRisksMixture mixture, int fate) {
            Fate f = mixture.fates().get(fate);
            return f.leaves() ? mixture.states().indexOf(f.event()) : 0;
        }

        PointEstimate estimate(double[] weights) {
            double value = 0;
            double variance = 0;
            for (int a = 0; a < weights.length; a++) {
                value += shares[a] * weights[a];
                for (int b = 0; b < weights.length; b++) {
                    variance += weights[a] * covariance[a][b] * weights[b];
                }
            }
            value = Math.min(1, Math.max(0, value));
            if (!(variance > 0)) {
                return PointEstimate.exact(value);
            }
            double error = Math.sqrt(variance);
            return PointEstimate.of(value, error, ConfidenceType.LOGIT.interval(value, error, level, Profile.ENGRAFT));
        }
    }

    /**
     * Event-free survival in the model.
     *
     * @return P(no event so far)
     */
    public PointEstimate eventFree() {
        return eventFree;
    }

    /**
     * Overall survival in the model.
     *
     * @return P(alive)
     */
    public PointEstimate overall() {
        return overall;
    }

    /**
     * The difference between both.
     *
     * @return P(alive after a first event)
     */
    public PointEstimate difference() {
        return difference;
    }

    /**
     * What the difference is made of.
     *
     * @return states in which patients are alive after a first event
     */
    public List<Part> parts() {
        return parts;
    }

    /**
     * The published figures beside it.
     *
     * @return event-free, disease-free and overall survival that the pathway lists and that was read
     */
    public List<PublishedRate> published() {
        return published;
    }

    /**
     * The answer in words, made from the numbers.
     *
     * @return a few sentences
     */
    public String explanation() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "At %s %s the model has %s alive without any event (event-free survival) and %s alive in all (overall"
                        + " survival).",
                NumberText.plain(time),
                unit,
                percent(eventFree),
                percent(overall)));
        text.append(String.format(
                Locale.ROOT,
                " The %.1f points between them are patients alive after a first event",
                PERCENT * difference.estimate()));
        String separator = ": ";
        for (Part part : parts) {
            text.append(separator).append(percent(part.share())).append(' ').append(part.label());
            separator = ", ";
        }
        text.append('.');
        double[] free = printed(true);
        double[] all = printed(false);
        if (free.length > 0 && all.length > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    " Published event-free survival is %s to %s %% (%s), overall survival %s to %s %% (%s): a page that"
                            + " says about %.0f %% prints the first, one that says up to %s %% the second. They answer"
                            + " different questions, and come from different series.",
                    plain(free[0]),
                    plain(free[free.length - 1]),
                    ids(true),
                    plain(all[0]),
                    plain(all[all.length - 1]),
                    ids(false),
                    PERCENT * eventFree.estimate(),
                    plain(all[all.length - 1])));
        }
        return text.toString();
    }

    private Stream<PublishedRate> published(boolean free) {
        return published.stream().filter(r -> isEventFree(r) == free);
    }

    /** Published percentages, ascending. */
    private double[] printed(boolean free) {
        return published(free)
                .mapToDouble(r -> r.value().orElseThrow())
                .sorted()
                .toArray();
    }

    private String ids(boolean free) {
        return published(free).map(PublishedRate::id).collect(Collectors.joining(", "));
    }

    private static String percent(PointEstimate p) {
        return String.format(Locale.ROOT, "%.1f %%", PERCENT * p.estimate());
    }

    private static String plain(double x) {
        return x == Math.rint(x) ? String.valueOf((long) x) : String.format(Locale.ROOT, "%.1f", x);
    }

    /**
     * The numbers of the model and the published ones, as a table.
     *
     * @return columns source (model or published), what (event-free, overall, difference, part), state, time, probability,
     *     std_error, lower, upper, patients, evidence; times of published figures are in months
     */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .text("source")
                .text("what")
                .text("state")
                .number("time")
                .number("probability")
                .number("std_error")
                .number("lower")
                .number("upper")
                .text("patients")
                .text("evidence");
        row(table, "event-free", "", eventFree);
        row(table, "overall", "", overall);
        row(table, "difference", "", difference);
        parts.forEach(part -> row(table, "part", part.state(), part.share()));
        for (PublishedRate r : published) {
            double at = r.months().orElse(Double.NaN);
            double lower = r.lower().orElse(Double.NaN) / PERCENT;
            double upper = r.upper().orElse(Double.NaN) / PERCENT;
            String what = isEventFree(r) ? "event-free" : "overall";
            table.row("published", what, null, at, r.probability(), null, lower, upper, r.patients(), r.id());
        }
        return table.build();
    }

    private void row(TidyTable.Builder table, String what, String state, PointEstimate p) {
        double lower = p.hasInterval() ? p.interval().lower().orElse(Double.NaN) : Double.NaN;
        double upper = p.hasInterval() ? p.interval().upper().orElse(Double.NaN) : Double.NaN;
        table.row(
                "model",
                what,
                state.isEmpty() ? null : state,
                time,
                p.estimate(),
                p.standardError().orElse(Double.NaN),
                lower,
                upper,
                null,
                null);
    }

    @Override
    public String toString() {
        return "at " + Brief.number(time) + " " + unit + ": event-free survival " + eventFree + ", overall survival "
                + overall + ", difference " + difference;
    }
}
