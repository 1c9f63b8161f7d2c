package io.engraft.inference;

import io.engraft.data.EventTable;
import io.engraft.internal.RunningProduct;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gray's scores and their covariance, summed over strata; the symbols are those of {@link GrayTest}. */
final class GraySums {

    private final int cause;
    private final double rho;
    private final double[] observed;
    private final double[] expected;
    private final double[][] variance;
    private final Set<String> warnings = new LinkedHashSet<>();

    GraySums(int groups, int cause, double rho) {
        this.cause = cause;
        this.rho = rho;
        this.observed = new double[groups];
        this.expected = new double[groups];
        this.variance = new double[groups][groups];
    }

    double[] observed() {
        return observed;
    }

    double[] expected() {
        return expected;
    }

    double[] score() {
        double[] z = new double[observed.length];
        Arrays.setAll(z, g -> observed[g] - expected[g]);
        return z;
    }

    /** Whether the weights are numbers: a negative one has no power that is not whole. */
    boolean isDefined() {
        return Arrays.stream(variance).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite)
                && Arrays.stream(score()).allMatch(Double::isFinite);
    }

    double[][] variance() {
        return variance;
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    void addStratum(List<String> groups, Map<String, EventTable> stratum) {
        Group[] members = new Group[groups.size()];
        for (int g = 0; g < members.length; g++) {
            members[g] = new Group(stratum.get(groups.get(g)), cause);
        }
        GrayStages stages = new GrayStages(members.length);
        addScores(members, stages);
        addCovariance(stages);
    }

    /** Walks the union of the groups' event times forward, adds up the scores, and keeps what the covariance needs. */
    private void addScores(Group[] members, GrayStages stages) {
        GrayStages.Stage stage = new GrayStages.Stage(members.length);
        double pooled = 0;
        while (true) {
            double t = Double.POSITIVE_INFINITY;
            for (Group member : members) {
                t = Math.min(t, member.nextEvent());
            }
            if (t == Double.POSITIVE_INFINITY) {
                return;
            }
            arrive(members, t, pooled, stage);
            addScore(members, stage);
            stages.add(stage);
            pooled += stage.step;
            if (pooled > 1 + 1e-9) {
                warnings.add(
                        "the pooled incidence passes 1, since a group that all but vanished stands for few: the test"
                                + " rests on too few at risk late on");
            }
        }
    }

    private void arrive(Group[] members, double t, double pooled, GrayStages.Stage stage) {
        double h = 0;
        double d = 0;
        for (int r = 0; r < members.length; r++) {
            stage.risk[r] = members[r].moveTo(t);
            h += stage.risk[r];
            d += members[r].events;
        }
        stage.step = d == 0 ? 0 : d / h;
        stage.before = 1 - pooled;
        stage.weight = rho == 0 ? 1 : Math.pow(stage.before, rho);
        for (int r = 0; r < members.length; r++) {
            Group member = members[r];
            boolean present = stage.risk[r] > 0;
            double s = member.survival.value();
            stage.causeNoise[r] = present ? stage.step / stage.risk[r] * ties(d, h * s) : 0;
            stage.otherNoise[r] = present
                    ? s * (member.others / member.atRisk) / stage.risk[r] * ties(member.others, member.atRisk)
                    : 0;
            stage.survival[r] = member.survivalAfter();
        }
    }

    private static double ties(double events, double atRisk) {
        return events > 1 && atRisk > 1 ? 1 - (events - 1) / (atRisk - 1) : 1;
    }

    private void addScore(Group[] members, GrayStages.Stage stage) {
        double all = 0;
        double events = 0;
        for (Group member : members) {
            all += member.adjustedAtRisk;
            events += member.events;
        }
        if (events > 0) {
            for (int g = 0; g < members.length; g++) {
                observed[g] += stage.weight * members[g].events;
                expected[g] += stage.weight * events * (members[g].adjustedAtRisk / all);
            }
        }
    }

    /** Walks back, so that c, the sum over later times, is there when it is needed and is never a difference. */
    private void addCovariance(GrayStages stages) {
        int k = observed.length;
        double[][] later = new double[k][k];
        double[][] own = new double[k][k];
        double[] a = new double[k];
        double[] b = new double[k];
        GrayStages.Stage stage = new GrayStages.Stage(k);
        for (int i = stages.size() - 1; i >= 0; i--) {
            stages.read(i, stage);
            stage.putOwn(own);
            for (int r = 0; r < k; r++) {
                if (stage.risk[r] == 0) {
                    continue;
                }
                for (int g = 0; g < k; g++) {
                    double lost = later[g][r] == 0 ? 0 : stage.pooledAfter() / stage.survival[r] * later[g][r];
                    b[g] = -lost;
                    a[g] = own[g][r] + later[g][r] - lost;
                }
                addProducts(a, stage.causeNoise[r], b, stage.otherNoise[r]);
                if (stage.causeNoise[r] < 0) {
                    warnings.add("more events of the cause share a time than a group's risk set stands for, which makes"
                            + " the correction of the variance for ties negative there");
                }
            }
            double hazard = stage.before > 0 || stage.before < 0 ? stage.step / stage.before : 0;
            for (int g = 0; g < k; g++) {
                for (int r = 0; r < k; r++) {
                    later[g][r] += own[g][r] * hazard;
                }
            }
        }
    }

    private void addProducts(double[] a, double causeNoise, double[] b, double otherNoise) {
        for (int g = 0; g < a.length; g++) {
            for (int h = 0; h <= g; h++) {
                double term = a[g] * a[h] * causeNoise + b[g] * b[h] * otherNoise;
                variance[g][h] += term;
                if (h < g) {
                    variance[h][g] += term;
                }
            }
        }
    }

    /** One group on its way through the event times, and its curves just before the one at hand. */
    private static final class Group {

        private final @Nullable EventTable table;
        private final double[] atRiskAll;
        private final int cause;
        private final RunningProduct survival = new RunningProduct();
        private double incidence;
        private int place;
        private int event;
        private double atRisk;
        private double adjustedAtRisk;
        private double events;
        private double others;

        Group(@Nullable EventTable table, int cause) {
            this.table = table;
            this.atRiskAll = table == null ? new double[0] : table.atRiskWeights();
            this.cause = cause;
        }

        double nextEvent() {
            if (table == null) {
                return Double.POSITIVE_INFINITY;
            }
            while (event < atRiskAll.length && table.eventWeight(event) == 0) {
                event++;
            }
            return event < atRiskAll.length ? table.time(event) : Double.POSITIVE_INFINITY;
        }

        /** Y / S(t-), 0 once the group has left. */
        double moveTo(double t) {
            events = 0;
            others = 0;
            atRisk = 0;
            adjustedAtRisk = 0;
            if (table == null) {
                return 0;
            }
            while (place < atRiskAll.length && table.time(place) < t) {
                place++;
            }
            if (place == atRiskAll.length || atRiskAll[place] == 0) {
                return 0;
            }
            atRisk = atRiskAll[place];
            if (nextEvent() == t) {
                events = cause <= table.causes().size() ? table.eventWeight(event, cause) : 0;
                others = Math.max(0, table.eventWeight(event) - events);
                event++;
            }
            double risk = atRisk / survival.value();
            adjustedAtRisk = risk * (1 - incidence);
            return risk;
        }

        double survivalAfter() {
            if (events + others > 0) {
                incidence += survival.value() * (events / atRisk);
                survival.multiply(Math.max(0, atRisk - events - others), atRisk);
            }
            return survival.value();
        }
    }
}
