package io.engraft.report.models;

import io.engraft.CheckReturnValue;
import io.engraft.FitStatus;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.Profile;
import io.engraft.data.SurvivalData;
import io.engraft.data.TidyTable;
import io.engraft.data.io.MissingValues;
import io.engraft.regression.Coefficient;
import io.engraft.regression.CureFraction;
import io.engraft.regression.ParametricFamily;
import io.engraft.regression.ParametricFit;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A fitted parametric law as a document, as {@code engraft fit} prints it: parameters and coefficients, likelihood, the cured
 * share where there is one, and what is predicted. Immutable: every method gives a new document.
 */
@CheckReturnValue
public final class FitDocument implements Document {

    private final ParametricFit fit;
    private final Frame frame;
    private final Profile profile;
    private final boolean intervals;
    private final List<AftPrediction> predictions;
    private final Optional<CureFraction> cured;

    private FitDocument(
            ParametricFit fit,
            Frame frame,
            Profile profile,
            boolean intervals,
            List<AftPrediction> predictions,
            Optional<CureFraction> cured) {
        this.fit = fit;
        this.frame = frame;
        this.profile = profile;
        this.intervals = intervals;
        this.predictions = List.copyOf(predictions);
        this.cured = cured;
    }

    /**
     * The document of a fitted law.
     *
     * @param fit the fit
     * @param rows the rows that it is of; with interval-censored times the columns beside them
     * @return the document
     */
    public static FitDocument of(ParametricFit fit, SurvivalData rows) {
        Optional<CureFraction> cured = fit.curedShare().filter(c -> c.share().isEstimable());
        return new FitDocument(fit, Frame.of(rows).withoutGroups(), Profile.ENGRAFT, false, List.of(), cured);
    }

    private FitDocument with(Frame changed) {
        return new FitDocument(fit, changed, profile, intervals, predictions, cured);
    }

    /**
     * With the names of the data's columns.
     *
     * @param columns the names
     * @return a new document
     */
    public FitDocument withColumns(DataColumns columns) {
        return with(frame.withColumns(columns));
    }

    /**
     * With the names of the columns of interval-censored times.
     *
     * @param columns the names, that of the left end as time, that of the right end as status
     * @return a new document
     */
    public FitDocument withIntervals(DataColumns columns) {
        return new FitDocument(fit, frame.withColumns(columns), profile, true, predictions, cured);
    }

    /**
     * With what was done with missing values.
     *
     * @param treatment the treatment; by default dropped where rows were dropped, else refused
     * @return a new document
     */
    public FitDocument withMissingValues(MissingValues treatment) {
        return with(frame.withMissing(treatment));
    }

    /**
     * With the conventions that the fit followed.
     *
     * @param followed whose conventions
     * @return a new document
     */
    public FitDocument withProfile(Profile followed) {
        return new FitDocument(fit, frame, followed, intervals, predictions, cured);
    }

    /**
     * With predictions.
     *
     * @param made the predictions, one a patient
     * @return a new document
     */
    public FitDocument withPredictions(List<AftPrediction> made) {
        return new FitDocument(fit, frame, profile, intervals, made, cured);
    }

    @Override
    public String command() {
        return "fit";
    }

    @Override
    public Conventions conventions() {
        Conventions all = Conventions.of(Map.of("profile", profile.label()))
                .and(fit.conventions())
                // Said in the same words as by the other commands, below, or in English.
                .without("event")
                .without("covariates on")
                .with("interval", "normal on the parameter's scale; of survival on log(-log S), of times " + ofTimes())
                .with(Conventions.LEVEL, fit.level());
        Optional<String> on = Optional.ofNullable(fit.conventions().get("covariates on"));
        if (on.isPresent()) {
            all = all.with("covariatesOn", on.get());
        }
        String contrasts = ModelWriting.contrasts(fit);
        if (!contrasts.isEmpty()) {
            all = all.with("contrasts", contrasts);
        }
        String events = intervals
                ? "in (left, right]; an empty right end is censored at left"
                : CauseWords.events(frame, cause());
        return frame.conventions(all, events, !contrasts.isEmpty());
    }

    /** A law that may level off has limits of times from those of survival, as its standard errors of times mislead. */
    private String ofTimes() {
        return fit.family().isCure() || fit.family().equals(ParametricFamily.GOMPERTZ)
                ? "where the limits of survival allow them"
                : "on log time";
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
        String edge = fit.statusReason();
        if (fit.family().isCure()
                && fit.status() == FitStatus.BOUNDARY
                && edge.startsWith("the cured share tends to 0")) {
            String plain = fit.family().label().substring("cure-".length());
            warnings.replaceAll(w -> w.endsWith(edge) ? w + "; --family " + plain + " fits the law without one" : w);
        }
        warnings.addAll(PredictionWriting.ofSurvival(predictions).warnings());
        // How the fit ended was said above.
        cured.map(CureFraction::warning)
                .map(w -> w.startsWith(edge) && !edge.isEmpty()
                        ? w.substring(edge.length()).replaceFirst("^; ", "")
                        : w)
                .filter(w -> !w.isEmpty())
                .ifPresent(warnings::add);
        return frame.warnings(warnings);
    }

    boolean isOfIntervals() {
        return intervals;
    }

    ParametricFit fit() {
        return fit;
    }

    Frame frame() {
        return frame;
    }

    Optional<CureFraction> cured() {
        return cured;
    }

    /** Whether a coefficient, by its place, is a parameter itself: the first of its parameter. */
    boolean isParameter(int place) {
        List<Coefficient> all = fit.coefficients();
        return place == 0
                || !all.get(place).parameter().equals(all.get(place - 1).parameter());
    }

    /** exp of an effect on the logarithm of a parameter, by which the parameter is multiplied, and of its limits. */
    Optional<PointEstimate> factor(int place) {
        Coefficient c = fit.coefficients().get(place);
        boolean log = fit.scaleOf(c.parameter()).equals("log");
        return isParameter(place) || !log ? Optional.empty() : Optional.of(ModelWriting.ratio(c));
    }

    @Override
    public void writeBody(JsonWriter json) throws IOException {
        boolean robust = conventions().isRobust();
        json.text("family", fit.family().label());
        ModelWriting.ending(json, fit);
        ModelWriting.criteria(json, fit);
        Map<String, PointEstimate> natural = fit.baselineParameters();
        json.array("parameters");
        for (int j = 0; j < fit.coefficients().size(); j++) {
            Coefficient c = fit.coefficients().get(j);
            json.object().text("name", c.name()).text("parameter", c.parameter());
            json.text("scale", fit.scaleOf(c.parameter()));
            ModelWriting.errors(json, c, robust);
            if (!isParameter(j)) {
                json.number("z", c.z()).number("pValue", c.pValue());
            }
            json.limits(c.value().interval());
            PointEstimate value = natural.get(c.parameter());
            if (isParameter(j) && value != null) {
                writeLimited(json, "natural", value);
            }
            Optional<PointEstimate> factor = factor(j);
            if (factor.isPresent()) {
                writeLimited(json, "factor", factor.get());
            }
            json.endObject();
        }
        json.endArray();
        if (cured.isPresent()) {
            json.object("curedShare");
            json.estimate("estimate", cured.get().share());
            json.text("interval", cured.get().method()).endObject();
        }
        PredictionWriting.ofSurvival(predictions).write(json, robust);
    }

    private static void writeLimited(JsonWriter json, String key, PointEstimate value) throws IOException {
        json.object(key).number("estimate", value.optional());
        json.limits(value.interval()).endObject();
    }

    @Override
    public TidyTable table() {
        TidyTable.Builder table = ModelWriting.table();
        fit.coefficients().forEach(c -> ModelWriting.row(table, "coefficient", c));
        fit.baselineParameters().forEach((name, value) -> row(table, "parameter", name, value));
        cured.ifPresent(c -> row(table, "cured share", "cured", c.share()));
        PredictionWriting.ofSurvival(predictions).rows(table, conventions().isRobust());
        return table.build();
    }

    /** A value of which only the limits are told: its errors are those of the coefficient, on another scale. */
    private static void row(TidyTable.Builder table, String quantity, String name, PointEstimate value) {
        Interval limits = value.interval();
        table.row(
                quantity,
                name,
                null,
                Double.NaN,
                value.optional().orElse(Double.NaN),
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                limits.lower().orElse(Double.NaN),
                limits.upper().orElse(Double.NaN));
    }

    @Override
    public TidyTable ard() {
        AnalysisResults results = new AnalysisResults().variable("model", null);
        results.stat("n", fit.n()).stat("events", fit.events()).stat("log_likelihood", fit.logLikelihood());
        results.stat("null_log_likelihood", fit.nullLogLikelihood())
                .stat("aic", fit.aic())
                .stat("bic", fit.bic());
        for (int j = 0; j < fit.coefficients().size(); j++) {
            Coefficient c = fit.coefficients().get(j);
            ModelWriting.stats(results.variable(c.name(), null), c);
            if (!isParameter(j)) {
                results.stat("z", c.z()).stat("p_value", c.pValue());
            }
            ModelWriting.limits(results, c.value().interval());
        }
        cured.ifPresent(c -> results.variable("cured_share", null).estimate("estimate", c.share()));
        PredictionWriting.ofSurvival(predictions).results(results, conventions().isRobust());
        return results.build();
    }

    @Override
    public void writeText(TextWriter target) throws IOException {
        new FitText(this, predictions).writeTo(target);
    }

    @Override
    public String toString() {
        return toText();
    }
}
