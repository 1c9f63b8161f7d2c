package io.engraft.validation;

import io.engraft.curve.ConfidenceType;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.Profile;
import io.engraft.data.Clusters;
import io.engraft.data.SurvivalData;
import io.engraft.internal.Brief;
import io.engraft.internal.CauseChoice;
import io.engraft.internal.Require;
import io.engraft.regression.internal.FitConventions;
import io.engraft.regression.internal.risk.ConcordancePairs;
import io.engraft.regression.internal.risk.RiskRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The concordances of scores of the same rows, which are taken in an order that depends on their values alone. */
final class ScoredRows {

    private final SurvivalData data;
    private final Concordance.Settings settings;
    private final List<String> names;
    private final int[] order;
    private final RiskRows risk;
    private final Clusters clusters;
    /** By cluster, how many alike it stands for. */
    private final double[] replication;
    /** Why there is no variance; empty where there is. */
    private final String noVariance;

    private final ConcordancePairs[] pairs;
    /** By score and cluster, the sums of influences. */
    private final double[][] sums;

    ScoredRows(SurvivalData data, Concordance.Settings settings, List<String> names, double[]... scores) {
        this.data = data;
        this.settings = settings;
        this.names = names;
        SurvivalData scored = data.withOnlyCovariates(List.of());
        for (int k = 0; k < scores.length; k++) {
            Require.sameLength(names.get(k), scores[k].length, "time", data.size());
            scored = scored.withCovariate(names.get(k), scores[k]);
        }
        this.order = scored.canonicalOrder();
        SurvivalData rows = scored.inOrder(order);
        CauseChoice cause = settings.cause();
        this.risk = RiskRows.of(
                rows, cause == null ? 0 : cause.codeAmong(rows.causes()), settings.tieRule(), settings.tau());
        this.clusters = Clusters.of(rows);
        this.replication = new double[clusters.count()];
        for (int i = 0; i < rows.size(); i++) {
            replication[clusters.of(i)] = clusters.replication(i);
        }
        this.noVariance = noVariance();
        PairWeighting weighting = settings.weighting();
        this.pairs = new ConcordancePairs[scores.length];
        this.sums = new double[scores.length][];
        for (int k = 0; k < scores.length; k++) {
            double[] score = rows.numericCovariate(names.get(k));
            pairs[k] = ConcordancePairs.of(rows, risk, score, weighting.survivalPower, weighting.riskPower);
            sums[k] = sums(pairs[k]);
        }
    }

    private String noVariance() {
        if (clusters.areRows()) {
            return "";
        }
        return clusters.counting() > 1
                ? ""
                : "all rows are of one " + clusters.unit().noun() + ", which shows no variance between them";
    }

    private double[] sums(ConcordancePairs of) {
        double[] sum = new double[clusters.count()];
        double[] influence = of.isEstimable() ? of.influence() : new double[risk.size];
        for (int i = 0; i < influence.length; i++) {
            double w = clusters.weight(i);
            sum[clusters.of(i)] += w == 0 ? 0 : w * influence[i];
        }
        return sum;
    }

    private double sign() {
        return settings.direction() == ScoreDirection.HIGH_IS_EARLY ? 1 : -1;
    }

    boolean isEstimable(int k) {
        return pairs[k].isEstimable();
    }

    private double estimate(int k) {
        double c = pairs[k].estimate();
        return settings.direction() == ScoreDirection.HIGH_IS_EARLY ? c : 1 - c;
    }

    double covariance(int j, int k) {
        double sum = 0;
        for (int c = 0; c < replication.length; c++) {
            sum += replication[c] * sums[j][c] * sums[k][c];
        }
        return sum;
    }

    ConcordanceResult result(int k) {
        return new ConcordanceResult(this, k);
    }

    double level() {
        return settings.level();
    }

    /** First less second, with the standard error of their influences together. */
    PointEstimate difference() {
        for (int k = 0; k < pairs.length; k++) {
            if (!isEstimable(k)) {
                return notEstimable();
            }
        }
        double difference = sign() * (pairs[0].estimate() - pairs[1].estimate());
        double sum = 0;
        for (int c = 0; c < replication.length; c++) {
            double d = sums[0][c] - sums[1][c];
            sum += replication[c] * d * d;
        }
        double se = Math.sqrt(sum);
        String reason = noVariance.isEmpty() && !(se > 0) ? "no row moves the difference" : noVariance;
        if (!reason.isEmpty()) {
            return PointEstimate.of(difference, Double.NaN, Interval.notEstimable(level(), reason));
        }
        double reach = ConfidenceType.normalQuantile(level()) * se;
        return PointEstimate.of(difference, se, Interval.of(difference - reach, difference + reach, level()));
    }

    PointEstimate concordance(int k) {
        if (!isEstimable(k)) {
            return notEstimable();
        }
        double c = estimate(k);
        double se = Math.sqrt(covariance(k, k));
        String reason = noVariance;
        if (reason.isEmpty() && !(se > 0)) {
            reason = c == 0 || c == 1
                    ? "every pair is " + (c == 1 ? "concordant" : "discordant") + ", which shows no variance"
                    : "no row moves the estimate, which shows no variance";
        }
        if (pairs[k].allTied()) {
            reason = "the scores of all pairs that count are tied, which shows no variance";
        }
        return reason.isEmpty()
                ? PointEstimate.of(c, se, settings.type().interval(c, se, level(), Profile.ENGRAFT))
                : PointEstimate.of(c, Double.NaN, Interval.notEstimable(level(), reason));
    }

    private PointEstimate notEstimable() {
        String upTo = settings.tau() < Double.POSITIVE_INFINITY ? " up to " + Brief.number(settings.tau()) : "";
        String reason = risk.places() == 0
                ? "there are no events" + upTo + " among " + Brief.count(data.size(), "row")
                        + ", so it is not known of any pair who comes first"
                : "no pair counts: at no time of an event" + upTo + " is anybody else at risk without one";
        return PointEstimate.notEstimable(reason, Interval.notEstimable(level(), reason));
    }

    /** Concordant, discordant, tied in score, in time, in both. */
    double[] counts(int k) {
        ConcordancePairs p = pairs[k];
        boolean early = settings.direction() == ScoreDirection.HIGH_IS_EARLY;
        return new double[] {
            early ? p.concordant() : p.discordant(),
            early ? p.discordant() : p.concordant(),
            p.tiedScore(),
            p.tiedTime(),
            p.tiedBoth()
        };
    }

    /** By row of the data; a frequency weight is of rows that each have this influence. */
    double[] influence(int k) {
        double[] byRow = new double[order.length];
        if (!isEstimable(k)) {
            Arrays.fill(byRow, Double.NaN);
            return byRow;
        }
        double[] influence = pairs[k].influence();
        for (int i = 0; i < order.length; i++) {
            double w = risk.replicates ? 1 : risk.weightOf(i);
            byRow[order[i]] = w == 0 ? 0 : sign() * w * influence[i];
        }
        return byRow;
    }

    int size() {
        return data.size();
    }

    double events() {
        return risk.totalEvents();
    }

    Map<String, String> conventions(int k) {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("score", names.get(k) + ", " + settings.direction().label());
        map.put("pairs", pairsWords(settings));
        data.strata().ifPresent(strata -> map.put("strata", "pairs within each"));
        FitConventions.add(map, CauseChoice.label(settings.cause(), data.causes()), data, clusters, data.hasEntry());
        map.put("variance", "infinitesimal jackknife, by " + clusters.unit().label());
        map.put("interval", settings.type().label());
        return map;
    }

    private static String pairsWords(Concordance.Settings settings) {
        return "weighted by " + settings.weighting().label()
                + (settings.tau() < Double.POSITIVE_INFINITY ? ", events up to " + Brief.number(settings.tau()) : "");
    }

    List<String> warnings() {
        List<String> list = new ArrayList<>(data.warnings());
        clusters.warning().ifPresent(list::add);
        if (settings.weighting().survivalPower > 0 && pairs[0].runsOut()) {
            list.add(
                    "the product limit is 0 before the last events: with few at risk early on, all of them had the event."
                            + " Pairs of later events count for nothing");
        }
        return list;
    }

    static List<String> described(Concordance.Settings settings) {
        List<String> parts = new ArrayList<>(
                List.of(pairsWords(settings), settings.direction().label()));
        CauseChoice cause = settings.cause();
        if (cause != null) {
            parts.add("cause-specific: " + cause.given());
        }
        return parts;
    }
}
