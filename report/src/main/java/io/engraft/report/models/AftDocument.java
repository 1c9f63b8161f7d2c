package io.engraft.report.models;

import io.engraft.CheckReturnValue;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.Profile;
import io.engraft.data.SurvivalData;
import io.engraft.data.TidyTable;
import io.engraft.data.io.MissingValues;
import io.engraft.regression.AftFit;
import io.engraft.regression.Coefficient;
import io.engraft.report.AnalysisResults;
import io.engraft.report.Conventions;
import io.engraft.report.DataColumns;
import io.engraft.report.Document;
import io.engraft.report.JsonWriter;
import io.engraft.report.Provenance;
import io.engraft.report.TextWriter;
import io.engraft.report.internal.CauseWords;
import io.engraft.report.internal.Frame;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An accelerated failure time model as a document, as {@code engraft aft} prints it: coefficients, time ratios, scales,
 * likelihood, and what is predicted. Immutable: every method gives a new document.
 */
@CheckReturnValue
public final class AftDocument implements Document {

    private final AftFit fit;
    private final Frame frame;
    private final Setting setting;
    private final List<AftPrediction> predictions;

    /** What the fit does not say. */
    private record Setting(Profile profile, String strata) {}

    private AftDocument(AftFit fit, Frame frame, Setting setting, List<AftPrediction> predictions) {
        this.fit = fit;
        this.frame = frame;
        this.setting = setting;
        this.predictions = List.copyOf(predictions);
    }

    /**
     * The document of a fitted model.
     *
     * @param fit the fit
     * @param rows the rows that it is of
     * @return the document
     */
    public static AftDocument of(AftFit fit, SurvivalData rows) {
        Setting setting = new Setting(Profile.ENGRAFT, "strata");
        return new AftDocument(fit, Frame.of(rows).withoutGroups(), setting, List.of());
    }

    private AftDocument with(Frame changed) {
        return new AftDocument(fit, changed, setting, predictions);
    }

    private AftDocument with(Setting changed) {
        return new AftDocument(fit, frame, changed, predictions);
    }

    /**
     * With the names of the data's columns.
     *
     * @param columns the names
     * @return a new document
     */
    public AftDocument withColumns(DataColumns columns) {
        return with(frame.withColumns(columns));
    }

    /**
     * With what was done with missing values.
     *
     * @param treatment the treatment; by default dropped where rows were dropped, else refused
     * @return a new document
     */
    public AftDocument withMissingValues(MissingValues treatment) {
        return with(frame.withMissing(treatment));
    }

    /**
     * With the conventions that the fit followed.
     *
     * @param followed whose conventions
     * @return a new document
     */
    public AftDocument withProfile(Profile followed) {
        return with(new Setting(followed, setting.strata()));
    }

    /**
     * With the name of the column of strata.
     *
     * @param column the name
     * @return a new document
     */
    public AftDocument withStrata(String column) {
        return with(new Setting(setting.profile(), column));
    }

    /**
     * With predictions.
     *
     * @param made the predictions, one a patient
     * @return a new document
     */
    public AftDocument withPredictions(List<AftPrediction> made) {
        return new AftDocument(fit, frame, setting, made);
    }

    @Override
    public String command() {
        return "aft";
    }

    @Override
    public Conventions conventions() {
        boolean log = AftText.isOfLogTime(fit.distribution());
        Conventions all = Conventions.of(Map.of("profile", setting.profile().label()))
                .and(fit.conventions())
                // Said in the same words as by the other commands, below.
                .without("event")
                .with("form", AftText.form(fit.distribution()))
                .with("interval", "normal; of survival on log(-log S)" + (log ? ", of times on log time" : ""))
                .with(Conventions.LEVEL, fit.level());
        String contrasts = ModelWriting.contrasts(fit);
        if (!contrasts.isEmpty()) {
            all = all.with("contrasts", contrasts);
        }
        boolean strata = frame.rows().strata().isPresent();
        if (strata) {
            all = all.with("strata", setting.strata() + ", a scale each");
        }
        String events = CauseWords.events(frame, cause());
        return frame.conventions(all, events, strata || !contrasts.isEmpty());
    }

    private @Nullable Integer cause() {
        return CauseWords.code(frame.rows(), fit.cause());
    }

    @Override
    public Provenance provenance() {
        return frame.provenance();
    }

    @Override
    public List<String> warnings() {
        List<String> warnings = ModelWriting.warnings(fit, frame);
        warnings.addAll(PredictionWriting.ofSurvival(predictions).warnings());
        return frame.warnings(warnings);
    }

    @Override
    public void writeBody(JsonWriter json) throws IOException {
        json.text("distribution", fit.distribution().label());
        ModelWriting.ending(json, fit);
        ModelWriting.criteria(json, fit);
        Map<String, PointEstimate> scales = fit.scales();
        boolean one = frame.rows().strata().isEmpty();
        json.number("scale", one ? scales.values().iterator().next().optional().orElse(Double.NaN) : Double.NaN);
        boolean robust = conventions().isRobust();
        json.array("scales");
        for (Coefficient scale : fit.scaleCoefficients()) {
            json.object().text("stratum", scale.name());
            ModelWriting.errors(json, scale, robust);
            json.limits(scale.value().interval()).endObject();
        }
        json.endArray();
        json.array("coefficients");
        for (Coefficient c : fit.coefficients()) {
            writeCoefficient(json, c, robust);
        }
        json.endArray();
        PredictionWriting.ofSurvival(predictions).write(json, robust);
    }

    private void writeCoefficient(JsonWriter json, Coefficient c, boolean robust) throws IOException {
        json.object().text("name", c.name()).text("parameter", c.parameter());
        ModelWriting.errors(json, c, robust);
        json.number("z", c.z()).number("pValue", c.pValue()).limits(c.value().interval());
        if (AftText.hasTimeRatio(fit, c)) {
            PointEstimate ratio = ModelWriting.ratio(c);
            json.object("timeRatio").number("estimate", ratio.optional());
            json.limits(ratio.interval()).endObject();
        }
        json.endObject();
    }

    @Override
    public TidyTable table() {
        TidyTable.Builder table = ModelWriting.table();
        fit.coefficients().forEach(c -> ModelWriting.row(table, "coefficient", c));
        fit.scaleCoefficients().forEach(c -> ModelWriting.row(table, "scale", c));
        PredictionWriting.ofSurvival(predictions).rows(table, conventions().isRobust());
        return table.build();
    }

    @Override
    public TidyTable ard() {
        AnalysisResults results = new AnalysisResults().variable("model", null);
        results.stat("n", fit.n()).stat("events", fit.events()).stat("log_likelihood", fit.logLikelihood());
        results.stat("null_log_likelihood", fit.nullLogLikelihood())
                .stat("aic", fit.aic())
                .stat("bic", fit.bic());
        for (Coefficient c : fit.coefficients()) {
            ModelWriting.stats(results.variable(c.name(), null), c);
            results.stat("z", c.z()).stat("p_value", c.pValue());
            ModelWriting.limits(results, c.value().interval());
        }
        boolean strata = frame.rows().strata().isPresent();
        for (Coefficient scale : fit.scaleCoefficients()) {
            results.group(setting.strata(), strata ? scale.name() : null).variable("scale", null);
            ModelWriting.stats(results, scale);
            ModelWriting.limits(results, scale.value().interval());
        }
        PredictionWriting.ofSurvival(predictions).results(results, conventions().isRobust());
        return results.build();
    }

    @Override
    public void writeText(TextWriter target) throws IOException {
        new AftText(this, fit, frame, predictions, conventions().isRobust()).writeTo(target);
    }

    @Override
    public String toString() {
        return toText();
    }
}
