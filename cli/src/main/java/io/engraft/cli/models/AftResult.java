package io.engraft.cli.models;

import io.engraft.cli.options.NewRows;
import io.engraft.cli.options.OutputOptions;
import io.engraft.cli.output.Columns;
import io.engraft.cli.output.Json;
import io.engraft.cli.output.Provenance;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.SurvivalData;
import io.engraft.data.TidyTable;
import io.engraft.regression.AftDistribution;
import io.engraft.regression.AftFit;
import io.engraft.regression.Coefficient;
import io.engraft.regression.FittedSurvival;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A fitted accelerated failure time model, ready to be written. */
record AftResult(Provenance provenance, AftFit fit, List<Prediction> predictions, SurvivalData rows, Columns columns)
        implements OutputOptions.Result {

    static final String INTERCEPT = "(Intercept)";

    /** A value at a time, or a time at a share. */
    record At(double at, PointEstimate value) {}

    /** What is predicted for one patient. */
    record Prediction(NewRows.Row patient, FittedSurvival curve, List<At> survival, List<At> quantiles) {

        static Prediction of(NewRows.Row patient, FittedSurvival curve, double[] times, List<Double> shares) {
            List<At> survival = new ArrayList<>();
            for (double t : times) {
                survival.add(new At(t, curve.survivalAt(t)));
            }
            List<At> quantiles =
                    shares.stream().map(p -> new At(p, curve.quantile(p))).toList();
            return new Prediction(patient, curve, survival, quantiles);
        }
    }

    /** Whether the model is of the logarithm of time, so that exp of a coefficient multiplies time. */
    static boolean ofLogTime(AftDistribution distribution) {
        return distribution != AftDistribution.GAUSSIAN && distribution != AftDistribution.LOGISTIC;
    }

    boolean isRobust() {
        return !"model-based".equals(provenance.conventions().get("variance"));
    }

    boolean hasTimeRatio(Coefficient c) {
        return ofLogTime(fit.distribution()) && isLocation(c) && !c.name().equals(INTERCEPT);
    }

    static boolean isLocation(Coefficient c) {
        return c.parameter().equals("location");
    }

    /** exp of a coefficient and of its limits. */
    static PointEstimate ratio(Coefficient c) {
        PointEstimate value = c.value();
        if (!value.isEstimable()) {
            return value;
        }
        Interval own = value.interval();
        Interval limits = own.isEstimable()
                ? Interval.of(
                        Math.exp(own.lower().getAsDouble()),
                        Math.exp(own.upper().getAsDouble()),
                        own.level())
                : own;
        return PointEstimate.of(Math.exp(value.estimate()), Double.NaN, limits);
    }

    @Override
    public void writeJson(Json json) throws IOException {
        json.object();
        provenance.writeHead(json, "aft");
        json.text("distribution", fit.distribution().label());
        json.count("n", fit.n()).number("events", fit.events());
        json.text("status", fit.status().name());
        if (!fit.statusReason().isEmpty()) {
            json.text("reason", fit.statusReason());
        }
        json.count("iterations", fit.iterations());
        json.object("logLikelihood").number("null", fit.nullLogLikelihood());
        json.number("model", fit.logLikelihood()).endObject();
        json.number("aic", fit.aic()).number("bic", fit.bic());
        Map<String, PointEstimate> scales = fit.scales();
        boolean one = rows.strata().isEmpty();
        json.number("scale", one ? scales.values().iterator().next().optional().orElse(Double.NaN) : Double.NaN);
        json.array("scales");
        for (Map.Entry<String, PointEstimate> scale : scales.entrySet()) {
            json.object().text("stratum", scale.getKey());
            json.estimate("estimate", scale.getValue()).endObject();
        }
        json.endArray();
        json.array("coefficients");
        for (Coefficient c : fit.coefficients()) {
            writeCoefficient(json, c);
        }
        json.endArray();
        if (!predictions.isEmpty()) {
            writePredictions(json);
        }
        provenance.writeWarnings(json);
        json.endObject();
    }

    private void writeCoefficient(Json json, Coefficient c) throws IOException {
        json.object().text("name", c.name()).text("parameter", c.parameter());
        json.number("estimate", c.value().optional());
        json.number("stdError", c.stdError());
        if (isRobust()) {
            json.number("robustStdError", c.robustStdError());
        }
        json.number("z", c.z()).number("pValue", c.pValue()).limits(c.value().interval());
        if (hasTimeRatio(c)) {
            PointEstimate ratio = ratio(c);
            json.object("timeRatio").number("estimate", ratio.optional());
            json.limits(ratio.interval()).endObject();
        }
        json.endObject();
    }

    private void writePredictions(Json json) throws IOException {
        json.array("predictions");
        for (int i = 0; i < predictions.size(); i++) {
            Prediction p = predictions.get(i);
            json.object().count("row", i + 1L).object("covariates");
            for (Map.Entry<String, String> shown : p.patient().shown().entrySet()) {
                json.text(shown.getKey(), shown.getValue());
            }
            json.endObject().array("points");
            for (At point : p.survival()) {
                json.object().number("time", point.at());
                json.estimate("survival", point.value()).endObject();
            }
            json.endArray().array("quantiles");
            for (At quantile : p.quantiles()) {
                json.object().number("probability", quantile.at());
                json.estimate("time", quantile.value()).endObject();
            }
            json.endArray().endObject();
        }
        json.endArray();
    }

    @Override
    public TidyTable table() {
        TidyTable.Builder table = TidyTable.builder()
                .text("quantity")
                .text("name")
                .count("row")
                .number("at")
                .number("estimate")
                .number("std_error")
                .number("robust_std_error")
                .number("z")
                .number("p_value")
                .number("lower")
                .number("upper");
        for (Coefficient c : fit.coefficients()) {
            Interval limits = c.value().interval();
            table.row(
                    "coefficient",
                    c.name(),
                    null,
                    Double.NaN,
                    c.value().optional().orElse(Double.NaN),
                    c.stdError().orElse(Double.NaN),
                    c.robustStdError().orElse(Double.NaN),
                    c.z().orElse(Double.NaN),
                    c.pValue().orElse(Double.NaN),
                    limits.lower().orElse(Double.NaN),
                    limits.upper().orElse(Double.NaN));
        }
        fit.scales().forEach((name, scale) -> add(table, "scale", name, null, new At(Double.NaN, scale)));
        for (int i = 0; i < predictions.size(); i++) {
            Long row = i + 1L;
            predictions.get(i).survival().forEach(s -> add(table, "survival", null, row, s));
            predictions.get(i).quantiles().forEach(q -> add(table, "time by which", null, row, q));
        }
        return table.build();
    }

    private static void add(
            TidyTable.Builder table, String quantity, @Nullable String name, @Nullable Long row, At at) {
        Interval limits = at.value().interval();
        table.row(
                quantity,
                name,
                row,
                at.at(),
                at.value().optional().orElse(Double.NaN),
                at.value().standardError().orElse(Double.NaN),
                Double.NaN,
                Double.NaN,
                Double.NaN,
                limits.lower().orElse(Double.NaN),
                limits.upper().orElse(Double.NaN));
    }

    @Override
    public void writeText(Appendable target) throws IOException {
        new AftText(this).writeTo(target);
    }
}
