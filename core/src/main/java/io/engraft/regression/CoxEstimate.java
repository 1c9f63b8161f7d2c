package io.engraft.regression;

import io.engraft.FitStatus;
import io.engraft.InvalidArgumentException;
import io.engraft.NotEstimableException;
import io.engraft.data.Clusters;
import io.engraft.internal.Brief;
import io.engraft.regression.internal.Design;
import io.engraft.regression.internal.FitEnd;
import io.engraft.regression.internal.Newton;
import io.engraft.regression.internal.Objective;
import io.engraft.regression.internal.Sandwich;
import io.engraft.regression.internal.Symmetric;
import io.engraft.regression.internal.risk.BaselineHazard;
import io.engraft.regression.internal.risk.Followed;
import io.engraft.regression.internal.risk.HazardSum;
import io.engraft.regression.internal.risk.PartialLikelihood;
import io.engraft.regression.internal.risk.PenalisedSearch;
import io.engraft.regression.internal.risk.RiskRows;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A maximised partial likelihood. */
final class CoxEstimate extends Estimated implements PredictedSurvival.Covariates {

    /** Fewer at risk than this are told of. */
    private static final double FEW = 10;

    final PartialLikelihood likelihood;
    /** What was maximised: the likelihood, or that with a penalty. */
    final Objective objective;
    /** Its value at coefficients of 0. */
    final double nullValue;

    final Design design;
    final Newton.End end;

    final @Nullable Clusters clusters;
    final Followed followed;

    private final double @Nullable [][] inverse;
    private final Seen seen;
    /** Made when first asked for; threads that race make equal ones. */
    private @Nullable BaselineHazard baseline;
    /** By place, how many are at risk; made as the baseline is, where rows enter late. */
    private double @Nullable [] atRisk;
    /** By cluster, its influence on the coefficients of the search; made as the baseline is. */
    private double @Nullable [][] influence;

    private CoxEstimate(
            PartialLikelihood likelihood,
            Objective objective,
            double nullValue,
            Newton.End end,
            double @Nullable [][] inverse,
            @Nullable Clusters clusters,
            Followed followed,
            Seen seen) {
        super(
                objective instanceof PenalisedSearch
                        ? PenalisedSearch.outcome(end)
                        : outcome(likelihood, end, inverse != null, followed),
                end.theta(),
                transform(likelihood.design()),
                leftOut(likelihood.design()),
                inverse,
                clusters == null ? null : () -> Sandwich.meat(likelihood, end.theta(), clusters),
                clusters == null ? List.of() : clusters.warning().stream().toList());
        this.likelihood = likelihood;
        this.objective = objective;
        this.nullValue = nullValue;
        this.design = likelihood.design();
        this.end = end;
        this.clusters = clusters;
        this.followed = followed;
        this.inverse = status == FitStatus.CONVERGED || status == FitStatus.RANK_DEFICIENT ? inverse : null;
        this.seen = seen;
    }

    static CoxEstimate of(
            PartialLikelihood likelihood,
            Objective objective,
            double nullValue,
            Newton.End end,
            @Nullable Clusters clusters,
            Followed followed,
            Seen seen) {
        if (objective instanceof PenalisedSearch) {
            return new CoxEstimate(likelihood, objective, nullValue, end, null, clusters, followed, seen);
        }
        boolean[] free = new boolean[likelihood.size()];
        double[][] inverse = objective == likelihood
                ? Fitted.inverse(end.point(), free)
                : Fitted.inverse(likelihood.at(end.theta()), free);
        return new CoxEstimate(likelihood, objective, nullValue, end, inverse, clusters, followed, seen);
    }

    Seen seen() {
        return seen;
    }

    /** For what needs a hazard in continuous time. */
    void requireHazard() {
        if (likelihood.isExact()) {
            throw new NotEstimableException("exact ties: the likelihood is that of discrete time, which has no baseline"
                    + " hazard, so there are neither predictions nor residuals nor tests of proportional hazards; fit with"
                    + " ties by Efron for these");
        }
        if (!Double.isFinite(end.point().value())) {
            throw new NotEstimableException(noErrors());
        }
    }

    BaselineHazard baseline() {
        requireHazard();
        BaselineHazard known = baseline;
        if (known == null) {
            known = likelihood.baseline(end.theta());
            baseline = known;
        }
        return known;
    }

    /** The names of strata; none where there is one baseline. */
    List<String> strata() {
        List<String> names = likelihood.risk().strata;
        return names.size() == 1 && names.get(0).isEmpty() ? List.of() : names;
    }

    int stratum(String name) {
        int at = strata().indexOf(name);
        if (at < 0) {
            throw InvalidArgumentException.ofText(
                    "stratum", name, strata().isEmpty() ? "none, the model has no strata" : "one of " + strata());
        }
        return at;
    }

    int onlyStratum() {
        if (!strata().isEmpty()) {
            throw new InvalidArgumentException(
                    "the model has strata, each with a baseline hazard of its own; allowed: a"
                            + " stratum beside the covariates, one of " + strata());
        }
        return 0;
    }

    /** Why there are no standard errors. */
    String noErrors() {
        return "the fit ended " + status + ": " + reason;
    }

    /** What a reader of a prediction should know where few are at risk before others have entered. */
    Optional<String> fewEarly(int stratum) {
        if (!likelihood.isLate()) {
            return Optional.empty();
        }
        RiskRows risk = likelihood.risk();
        double[] there = atRisk;
        if (there == null) {
            there = risk.atRisk();
            atRisk = there;
        }
        int most = risk.begin[stratum];
        for (int k = most; k < risk.begin[stratum + 1]; k++) {
            most = there[k] > there[most] ? k : most;
        }
        int least = risk.begin[stratum];
        for (int k = least; k < most; k++) {
            least = there[k] < there[least] ? k : least;
        }
        return least < most && there[least] < FEW
                ? Optional.of("at time " + Brief.number(risk.time[least]) + " only " + Brief.number(there[least])
                        + " are at risk, as rows enter late: the hazard there, and with it what is predicted for all later"
                        + " times, rests on them, and intervals hold the truth less often than they say")
                : Optional.empty();
    }

    /** Whether there are standard errors. */
    boolean hasErrors() {
        return inverse != null;
    }

    /** The inverse information of the search's coefficients. */
    double[][] inverse() {
        if (inverse == null) {
            throw new IllegalStateException("no errors");
        }
        return inverse;
    }

    /**
     * By cluster, its influence on the coefficients of the search, times the root of what the cluster stands for: the
     * products summed over clusters are the robust covariance.
     */
    private double[][] influence(Clusters of) {
        double[][] known = influence;
        if (known == null) {
            int p = likelihood.size();
            double[][] scores = new double[of.count()][p];
            likelihood.scores(end.theta(), (i, score) -> {
                double w = Math.sqrt(of.replication(i)) * of.weight(i);
                for (int j = 0; j < p && w != 0; j++) {
                    scores[of.of(i)][j] += w * score[j];
                }
            });
            double[][] v = inverse();
            known = new double[scores.length][p];
            for (int c = 0; c < known.length; c++) {
                for (int j = 0; j < p; j++) {
                    for (int m = 0; m < p; m++) {
                        known[c][j] += v[j][m] * scores[c][m];
                    }
                }
            }
            influence = known;
        }
        return known;
    }

    /** By cluster, its influence on a sum of hazards. */
    private double[] influence(HazardSum sum, Clusters of) {
        double[] all = new double[of.count()];
        for (int part = 0; part < sum.parts(); part++) {
            double[] one = baseline().influence(sum.stratum(part), sum.factor(part), of);
            for (int c = 0; c < all.length; c++) {
                all[c] += one[c];
            }
        }
        double[][] coefficients = influence(of);
        for (int c = 0; c < all.length; c++) {
            for (int j = 0; j < sum.slope().length; j++) {
                all[c] += coefficients[c][j] * sum.slope()[j];
            }
        }
        return all;
    }

    /** The covariance of sums of hazards, that in force or the model's own; NaN where there is none. */
    double[][] covariance(List<HazardSum> sums, boolean ofModel) {
        int n = sums.size();
        double[][] v = new double[n][n];
        if (!hasErrors()) {
            for (double[] row : v) {
                Arrays.fill(row, Double.NaN);
            }
            return v;
        }
        Clusters robust = ofModel ? null : clusters;
        double[][] ofClusters = new double[n][];
        for (int i = 0; i < n && robust != null; i++) {
            ofClusters[i] = influence(sums.get(i), robust);
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                v[i][j] = robust == null ? covariance(sums.get(i), sums.get(j)) : dot(ofClusters[i], ofClusters[j]);
                v[j][i] = v[i][j];
            }
        }
        return v;
    }

    private double covariance(HazardSum a, HazardSum b) {
        double sum = form(a.slope(), b.slope());
        for (int i = 0; i < a.parts(); i++) {
            for (int j = 0; j < b.parts(); j++) {
                if (a.stratum(i) == b.stratum(j)) {
                    sum += ofSteps(a.stratum(i), a.factor(i), b.factor(j));
                }
            }
        }
        return sum;
    }

    private double ofSteps(int stratum, double[] a, double[] b) {
        int begin = likelihood.risk().begin[stratum];
        double sum = 0;
        for (int k = 0; k < Math.min(a.length, b.length); k++) {
            sum += a[k] * b[k] * baseline().spread(begin + k);
        }
        return sum;
    }

    /** By cluster, its influence on a sum of hazards; empty without a robust variance or errors. */
    double[] influence(HazardSum sum) {
        return clusters == null || !hasErrors() ? new double[0] : influence(sum, clusters);
    }

    /** a' (inverse information) b. */
    double form(double[] a, double[] b) {
        double[][] v = inverse();
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * dot(v[i], b);
        }
        return sum;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** The values of all columns for a patient, who has the model's offset too. */
    private double[] columns(CovariateProfile profile) {
        return Profiles.values(design.coding, profile, followed.offset());
    }

    @Override
    public double[] covariates(CovariateProfile profile) {
        return scaled(columns(profile));
    }

    @Override
    public double offset(CovariateProfile profile) {
        return followed.offset().isEmpty() ? 0 : profile.number(followed.offset());
    }

    /** The difference of two patients' linear predictors. */
    Coefficient contrast(String parameter, CovariateProfile profile, CovariateProfile against, double level) {
        double[] difference = columns(profile);
        RegressionFit.add(-1, columns(against), difference);
        return combination(profile + " - " + against, parameter, difference, false, level);
    }

    /** Refuses a curve of another fit. */
    void requireOwn(PredictedSurvival curve) {
        if (curve.estimate() != this) {
            throw new InvalidArgumentException(
                    "a curve is of another fit; allowed: predictions of the fit that is asked");
        }
    }

    /** The covariates of a patient as the search has them, from the values of all columns. */
    double[] scaled(double[] columns) {
        double[] z = new double[design.width];
        for (int j = 0; j < columns.length; j++) {
            int place = design.place[j];
            if (place >= 0) {
                z[place] = (columns[j] - design.mean[place]) / design.scale[place];
            }
        }
        return z;
    }

    private static FitEnd outcome(PartialLikelihood likelihood, Newton.End end, boolean definite, Followed followed) {
        if (end.converged() && end.runaway() >= 0) {
            return new FitEnd(
                    FitStatus.MONOTONE_LIKELIHOOD,
                    "the likelihood keeps rising as these run away: "
                            + String.join(
                                    ", ",
                                    Arrays.stream(end.moving())
                                            .mapToObj(likelihood::name)
                                            .toList())
                            + "; they separate the patients who have the event from those who are at risk beside them"
                            + (followed.isSubdistribution() ? "" : ". Firth's penalty gives finite estimates"));
        }
        if (!end.converged()) {
            return new FitEnd(
                    FitStatus.FAILED,
                    Double.isFinite(end.point().value())
                            ? "no maximum was found in " + end.iterations() + " iterations"
                            : "the likelihood is not finite with coefficients of 0"
                                    + (followed.offset().isEmpty()
                                            ? ""
                                            : ", as the values of the offset " + followed.offset()
                                                    + " are too far apart"
                                                    + " for hazards to be compared; allowed: log hazards less than 1e11"
                                                    + " apart"));
        }
        if (!definite) {
            return new FitEnd(FitStatus.BOUNDARY, "the likelihood is flat at its maximum");
        }
        List<String> out = likelihood.design().leftOut();
        return out.isEmpty()
                ? new FitEnd(FitStatus.CONVERGED, "")
                : new FitEnd(
                        FitStatus.RANK_DEFICIENT,
                        "left out as constant or a combination of the covariates before, among those at risk: "
                                + String.join(", ", out));
    }

    private static double[][] transform(Design design) {
        double[][] t = new double[design.columns.size()][design.width];
        for (int j = 0; j < t.length; j++) {
            int place = design.place[j];
            if (place >= 0) {
                t[j][place] = 1 / design.scale[place];
            }
        }
        return t;
    }

    private static boolean[] leftOut(Design design) {
        boolean[] out = new boolean[design.columns.size()];
        for (int j = 0; j < out.length; j++) {
            out[j] = design.place[j] < 0;
        }
        return out;
    }

    ModelTest likelihoodRatio() {
        if (objective instanceof PenalisedSearch) {
            return ModelTest.of(Double.NaN, design.width);
        }
        // A gain of nothing may round to less.
        return test(Math.max(2 * (end.point().value() - nullValue), 0));
    }

    /** Of the columns that were estimated, by the covariance in force. */
    ModelTest wald() {
        int[] kept = new int[design.width];
        for (int j = 0; j < leftOut.length; j++) {
            if (!leftOut[j]) {
                kept[design.place[j]] = j;
            }
        }
        double[][] v = new double[kept.length][kept.length];
        double[] b = new double[kept.length];
        for (int i = 0; i < kept.length; i++) {
            b[i] = estimate[kept[i]];
            for (int j = 0; j < kept.length; j++) {
                v[i][j] = covariance()[kept[i]][kept[j]];
            }
        }
        return test(quotient(b, v));
    }

    ModelTest score() {
        double[][] information = new double[design.width][design.width];
        for (int i = 0; i < design.width; i++) {
            for (int j = 0; j < design.width; j++) {
                information[i][j] = -likelihood.nothing().hessian()[i][j];
            }
        }
        return test(quotient(likelihood.nothing().gradient(), information));
    }

    @Nullable
    ModelTest robustScore() {
        if (clusters == null) {
            return null;
        }
        double[][] meat = Sandwich.meat(likelihood, new double[likelihood.size()], clusters);
        return test(quotient(likelihood.nothing().gradient(), meat));
    }

    private ModelTest test(double statistic) {
        return ModelTest.of(statistic, design.width);
    }

    /** b' a^-1 b, NaN where a is not definite. */
    static double quotient(double[] b, double[][] a) {
        Symmetric factor = Symmetric.factor(a);
        if (factor == null) {
            return Double.NaN;
        }
        double[] solved = factor.solve(b);
        double sum = 0;
        for (int j = 0; j < b.length; j++) {
            sum += b[j] * solved[j];
        }
        return sum;
    }
}
