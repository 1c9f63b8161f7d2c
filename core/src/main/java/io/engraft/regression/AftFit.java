package io.engraft.regression;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Categories;
import io.engraft.regression.internal.Design;
import io.engraft.regression.internal.Rows;
import io.engraft.regression.internal.StandardLaw;
import io.engraft.regression.internal.Symmetric;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A fitted accelerated failure time model. Coefficients in the order of survreg: {@code (Intercept)}, the covariates
 * ({@code phase=CR2} for a contrast), then {@code Log(scale)} or, with strata, {@code Log(scale)[level]}. Immutable.
 */
public final class AftFit extends LikelihoodFit {

    /** Kinds of residuals. */
    public enum Residual {
        /** Time minus its prediction, exp(x'beta) (x'beta for gaussian and logistic). */
        RESPONSE,
        /**
         * The root of twice the log-likelihood that the row falls short of its best, positive where the location that
         * fits the row best is the later one: on z = (y - x'beta) / scale, sign(z) sqrt(2 (log f(0) - log f(z))) for an
         * event, sqrt(-2 log S(z)) for a censored row.
         */
        DEVIANCE,
        /** -log S(t), less -log S(entry): a censored sample of the unit exponential law where the model holds. */
        COX_SNELL,
        /** 1 for an event, 0 for a censored row, minus the Cox-Snell residual. */
        MARTINGALE
    }

    private final AftDistribution distribution;
    /** For each row of the fit its row in the data. */
    private final int[] order;

    private final @Nullable Categories strata;

    AftFit(
            AftDistribution distribution,
            Fitted fitted,
            int[] order,
            @Nullable Categories strata,
            double level,
            @Nullable String cause,
            Map<String, String> conventions) {
        super(fitted, level, cause, conventions, list(fitted, strata, level), described(fitted, 0, name -> name));
        this.distribution = distribution;
        this.order = order;
        this.strata = strata;
    }

    private static List<Coefficient> list(Fitted fitted, @Nullable Categories strata, double level) {
        List<Coefficient> list = new ArrayList<>();
        double[][] map = weights(fitted);
        List<String> columns = fitted.likelihood.designs[0].columns;
        for (int j = 0; j < map.length; j++) {
            boolean location = j <= columns.size();
            String name =
                    j == 0 ? "(Intercept)" : location ? columns.get(j - 1) : scaleName(strata, j - columns.size() - 1);
            boolean out = false;
            for (int m = 0; m < map[j].length; m++) {
                out |= map[j][m] != 0 && fitted.leftOut[m];
            }
            list.add(fitted.combination(name, location ? "location" : "scale", map[j], out, level));
        }
        return list;
    }

    private static String scaleName(@Nullable Categories strata, int stratum) {
        return strata == null ? "Log(scale)" : "Log(scale)[" + strata.levels().get(stratum) + "]";
    }

    @Override
    double[] weights(int coefficient) {
        return weights(fitted)[coefficient];
    }

    /** Rows: survreg's coefficients; columns: those of the search, whose strata are contrasts against the first. */
    private static double[][] weights(Fitted fitted) {
        int n = fitted.estimate.length;
        int first = 1 + fitted.likelihood.designs[0].columns.size();
        double[][] map = new double[n][n];
        for (int j = 0; j < n; j++) {
            map[j][j] = 1;
            if (j > first) {
                map[j][first] = 1;
            }
        }
        return map;
    }

    /**
     * The distribution.
     *
     * @return the distribution
     */
    public AftDistribution distribution() {
        return distribution;
    }

    /**
     * The scales.
     *
     * @return by stratum, one named "all" without strata; 1 or 1/2 without error where the distribution fixes it
     */
    public Map<String, PointEstimate> scales() {
        Map<String, PointEstimate> map = new LinkedHashMap<>();
        if (!distribution.hasScale()) {
            map.put("all", PointEstimate.exact(distribution.fixedScale()));
            return map;
        }
        int first = 1 + fitted.likelihood.designs[0].columns.size();
        for (int j = first; j < coefficients().size(); j++) {
            PointEstimate log = coefficients().get(j).value();
            map.put(strata == null ? "all" : strata.levels().get(j - first), scale(log));
        }
        return Collections.unmodifiableMap(map);
    }

    /**
     * The scales with both of their errors.
     *
     * @return as {@link #scales()}, each named after its stratum, without a test, as no scale is compared with 0; errors
     *     are those of the log times the scale
     */
    public List<Coefficient> scaleCoefficients() {
        List<Coefficient> list = new ArrayList<>();
        int at = 1 + fitted.likelihood.designs[0].columns.size();
        for (Map.Entry<String, PointEstimate> scale : scales().entrySet()) {
            PointEstimate value = scale.getValue();
            OptionalDouble none = OptionalDouble.empty();
            if (!distribution.hasScale() || !value.isEstimable()) {
                list.add(new Coefficient(scale.getKey(), "scale", value, value.standardError(), none, none, none));
            } else {
                Coefficient log = coefficients().get(at);
                OptionalDouble model = times(value.estimate(), log.stdError());
                OptionalDouble robust = times(value.estimate(), log.robustStdError());
                list.add(new Coefficient(scale.getKey(), "scale", value, model, robust, none, none));
            }
            at++;
        }
        return Collections.unmodifiableList(list);
    }

    private static OptionalDouble times(double factor, OptionalDouble error) {
        return error.isPresent() ? OptionalDouble.of(factor * error.getAsDouble()) : error;
    }

    private static PointEstimate scale(PointEstimate log) {
        if (!log.isEstimable()) {
            return log;
        }
        double value = Math.exp(log.estimate());
        Interval i = log.interval();
        Interval natural = i.isEstimable()
                ? Interval.of(
                        Math.exp(i.lower().getAsDouble()), Math.exp(i.upper().getAsDouble()), i.level())
                : i;
        return PointEstimate.of(value, value * log.standardError().orElse(Double.NaN), natural);
    }

    @Override
    double[][] inOrder(double[][] v) {
        return strata == null ? super.inOrder(v) : Symmetric.sandwich(weights(fitted), v);
    }

    /**
     * The survival function of one patient, with quantiles and uncertainty.
     *
     * @param profile the patient's covariates
     * @return the curve
     * @throws InvalidArgumentException when a covariate is missing or unknown, or the scale has strata
     */
    public FittedSurvival predict(CovariateProfile profile) {
        if (strata != null) {
            throw InvalidArgumentException.of("stratum", "missing", "one of " + strata.levels());
        }
        return new FittedSurvival(fitted, Profiles.weights(fitted.likelihood, profile), level, profile);
    }

    /**
     * The survival function of one patient of a stratum.
     *
     * @param profile the patient's covariates
     * @param stratum the stratum, whose scale is taken
     * @return the curve
     * @throws InvalidArgumentException when a covariate is missing or unknown, or there is no such stratum
     */
    public FittedSurvival predict(CovariateProfile profile, String stratum) {
        if (strata == null || !strata.levels().contains(stratum)) {
            throw InvalidArgumentException.of(
                    "stratum", stratum, strata == null ? "none, the scale has no strata" : "one of " + strata.levels());
        }
        CovariateProfile with = strata.levels().size() == 1 ? profile : profile.with(Design.STRATA, stratum);
        return new FittedSurvival(fitted, Profiles.weights(fitted.likelihood, with), level, profile);
    }

    /**
     * Residuals.
     *
     * @param kind which
     * @return one a row, in the data's order; NaN for left- and interval-censored rows
     */
    public double[] residuals(Residual kind) {
        Rows rows = fitted.likelihood.rows;
        double[] out = new double[rows.size];
        for (int i = 0; i < out.length; i++) {
            boolean known = rows.kind[i] == Rows.EXACT || rows.kind[i] == Rows.RIGHT;
            out[order[i]] = known ? residual(kind, rows, i) : Double.NaN;
        }
        return out;
    }

    private double residual(Residual kind, Rows rows, int i) {
        double[] eta = fitted.likelihood.eta(i, fitted.end.theta());
        double scale = distribution.hasScale() ? Math.exp(eta[1]) : distribution.fixedScale();
        boolean event = rows.kind[i] == Rows.EXACT;
        double y = distribution.logTime() ? rows.logTime[i] : rows.time[i];
        double[] f = new double[3];
        switch (kind) {
            case RESPONSE -> {
                return rows.time[i] - (distribution.logTime() ? Math.exp(eta[0]) : eta[0]);
            }
            case DEVIANCE -> {
                double z = (y - eta[0]) / scale;
                StandardLaw law = distribution.standard();
                if (event) {
                    law.logDensity(z, f);
                    return Math.signum(z) * Math.sqrt(2 * Math.max(law.logDensityAtMode() - f[0], 0));
                }
                law.logSurvival(z, f);
                return Math.sqrt(-2 * f[0]);
            }
            default -> {
                double hazard = cumulativeHazard(y, eta[0], scale);
                if (rows.entry != null && rows.entry[i] > 0) {
                    hazard -= cumulativeHazard(Math.log(rows.entry[i]), eta[0], scale);
                }
                return kind == Residual.COX_SNELL ? hazard : (event ? 1 : 0) - hazard;
            }
        }
    }

    private double cumulativeHazard(double y, double location, double scale) {
        double[] f = new double[3];
        distribution.standard().logSurvival((y - location) / scale, f);
        return -f[0];
    }

    @Override
    String what() {
        return distribution.label();
    }
}
