package io.engraft.report.models;

import io.engraft.CheckReturnValue;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.Profile;
import io.engraft.data.SurvivalData;
import io.engraft.data.TidyTable;
import io.engraft.data.io.MissingValues;
import io.engraft.regression.CoxFit;
import io.engraft.regression.ModelTest;
import io.engraft.regression.ProportionalHazardsResult;
import io.engraft.report.AnalysisResults;
import io.engraft.report.Conventions;
import io.engraft.report.DataColumns;
import io.engraft.report.Document;
import io.engraft.report.JsonWriter;
import io.engraft.report.Provenance;
import io.engraft.report.TextWriter;
import io.engraft.report.internal.CauseWords;
import io.engraft.report.internal.Frame;
import io.engraft.validation.Concordance;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Cox model as a document, as {@code engraft cox} prints it: hazard ratios, tests of the whole, proportional hazards,
 * baseline hazards, and what is predicted. Immutable: every method gives a new document.
 */
@CheckReturnValue
public final class CoxDocument implements Document {

    private final CoxFit fit;
    private final Frame frame;
    private final Setting setting;
    private final List<AftPrediction> predictions;
    /** Of the fitted risk; null where all rows have the same, or it is not known. */
    private final @Nullable PointEstimate concordance;

    /** What is told of the fit, and what it does not say itself. */
    private record Setting(
            Profile profile,
            String strata,
            boolean baseline,
            @Nullable ProportionalHazardsResult proportional) {}

    private CoxDocument(
            CoxFit fit,
            Frame frame,
            Setting setting,
            List<AftPrediction> predictions,
            @Nullable PointEstimate concordance) {
        this.concordance = concordance;
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
    public static CoxDocument of(CoxFit fit, SurvivalData rows) {
        Setting setting = new Setting(Profile.ENGRAFT, "strata", false, null);
        return new CoxDocument(fit, Frame.of(rows).withoutGroups(), setting, List.of(), concordance(fit, rows));
    }

    private static @Nullable PointEstimate concordance(CoxFit fit, SurvivalData rows) {
        double[] risk = fit.linearPredictors();
        if (fit.estimated() == 0 || !Arrays.stream(risk).allMatch(Double::isFinite)) {
            return null;
        }
        Concordance procedure = Concordance.withDefaults().withLevel(fit.level());
        Integer cause = CauseWords.code(rows, fit.cause());
        return (cause == null ? procedure : procedure.withCause(cause))
                .fit(rows, risk)
                .concordance();
    }

    boolean hasBaseline() {
        return setting.baseline();
    }

    @Nullable
    PointEstimate concordance() {
        return concordance;
    }

    private CoxDocument with(Frame changed) {
        return new CoxDocument(fit, changed, setting, predictions, concordance);
    }

    private CoxDocument with(Setting changed) {
        return new CoxDocument(fit, frame, changed, predictions, concordance);
    }

    /**
     * With the names of the data's columns.
     *
     * @param columns the names
     * @return a new document
     */
    public CoxDocument withColumns(DataColumns columns) {
        return with(frame.withColumns(columns));
    }

    /**
     * With what was done with missing values.
     *
     * @param treatment the treatment; by default dropped where rows were dropped, else refused
     * @return a new document
     */
    public CoxDocument withMissingValues(MissingValues treatment) {
        return with(frame.withMissing(treatment));
    }

    /**
     * With the conventions that the fit followed.
     *
     * @param followed whose conventions
     * @return a new document
     */
    public CoxDocument withProfile(Profile followed) {
        return with(new Setting(followed, setting.strata(), setting.baseline(), setting.proportional()));
    }

    /**
     * With the name of the column of strata.
     *
     * @param column the name
     * @return a new document
     */
    public CoxDocument withStrata(String column) {
        return with(new Setting(setting.profile(), column, setting.baseline(), setting.proportional()));
    }

    /**
     * With the baseline cumulative hazards, those of all columns 0.
     *
     * @return a new document
     */
    public CoxDocument withBaseline() {
        return with(new Setting(setting.profile(), setting.strata(), true, setting.proportional()));
    }

    /**
     * With tests of proportional hazards.
     *
     * @param tests the tests of the fit
     * @return a new document
     */
    public CoxDocument withProportionalHazards(ProportionalHazardsResult tests) {
        return with(new Setting(setting.profile(), setting.strata(), setting.baseline(), tests));
    }

    /**
     * With predictions.
     *
     * @param made the predictions, one a patient
     * @return a new document
     */
    public CoxDocument withPredictions(List<AftPrediction> made) {
        return new CoxDocument(fit, frame, setting, made, concordance);
    }

    @Override
    public String command() {
        return "cox";
    }

    @Override
    public Conventions conventions() {
        boolean profiled = fit.conventions().containsKey("limits");
        Conventions all = Conventions.of(Map.of("profile", setting.profile().label()))
                .and(fit.conventions())
                // Said in the same words as by the other commands, below.
                .without("event")
                .with("form", "hazard = baseline hazard * exp(covariates); coefficients are of the log hazard")
                .with(
                        "interval",
                        (profiled ? "profile likelihood" : "normal")
                                + " of the log hazard ratio; of survival on "
                                + (setting.profile() == Profile.R ? "log S" : "log(-log S)"))
                .with(Conventions.LEVEL, fit.level());
        String contrasts = ModelWriting.contrasts(fit);
        if (!contrasts.isEmpty()) {
            all = all.with("contrasts", contrasts);
        }
        boolean strata = frame.rows().strata().isPresent();
        if (strata) {
            all = all.with("strata", setting.strata() + ", a baseline hazard each");
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

    /** The tests that all coefficients are 0, by their keys; none without columns. */
    Map<String, ModelTest> tests() {
        Map<String, ModelTest> tests = new LinkedHashMap<>();
        if (fit.estimated() > 0) {
            tests.put("likelihoodRatio", fit.likelihoodRatio());
            tests.put("wald", fit.wald());
            tests.put("score", fit.score());
            fit.robustScore().ifPresent(test -> tests.put("robustScore", test));
        }
        return tests;
    }

    RatioWriting ratios() {
        return new RatioWriting(fit, tests());
    }

    Optional<ProportionalHazardsResult> proportional() {
        return Optional.ofNullable(setting.proportional());
    }

    @Override
    public void writeBody(JsonWriter json) throws IOException {
        boolean robust = conventions().isRobust();
        ratios().write(json, robust);
        if (concordance != null) {
            json.object("concordance").number("estimate", concordance.optional());
            json.number("stdError", concordance.standardError());
            json.limits(concordance.interval()).endObject();
        }
        if (setting.proportional() != null) {
            writeProportional(json, setting.proportional());
        }
        if (setting.baseline()) {
            BaselineWriting.of(fit).write(json);
        }
        PredictionWriting.ofSurvival(predictions).write(json, robust);
    }

    private static void writeProportional(JsonWriter json, ProportionalHazardsResult tests) throws IOException {
        json.object("proportionalHazards")
                .text("transform", tests.transform().label())
                .array("terms");
        for (ProportionalHazardsResult.TermTest term : tests.terms()) {
            json.object().text("name", term.name());
            RatioWriting.test(json, term.test());
        }
        json.endArray().object("global");
        RatioWriting.test(json, tests.global());
        json.endObject();
    }

    @Override
    public TidyTable table() {
        TidyTable.Builder table = ModelWriting.table();
        ratios().rows(table);
        if (concordance != null) {
            ModelWriting.row(table, "concordance", "", concordance);
        }
        proportional().ifPresent(tests -> {
            for (ProportionalHazardsResult.TermTest term : tests.terms()) {
                ModelWriting.row(table, "proportional hazards", term.name(), term.test());
            }
            ModelWriting.row(table, "proportional hazards", "global", tests.global());
        });
        if (setting.baseline()) {
            BaselineWriting.of(fit).rows(table);
        }
        PredictionWriting.ofSurvival(predictions).rows(table, conventions().isRobust());
        return table.build();
    }

    @Override
    public TidyTable ard() {
        AnalysisResults results = ratios().results();
        if (concordance != null) {
            results.variable("concordance", null).stat("estimate", concordance.optional());
            results.stat("std_error", concordance.standardError());
            ModelWriting.limits(results, concordance.interval());
        }
        proportional().ifPresent(tests -> {
            for (ProportionalHazardsResult.TermTest term : tests.terms()) {
                RatioWriting.test(results.variable("proportional_hazards", term.name()), term.test());
            }
            RatioWriting.test(results.variable("proportional_hazards", "global"), tests.global());
        });
        if (setting.baseline()) {
            BaselineWriting.of(fit).results(results, setting.strata());
        }
        PredictionWriting.ofSurvival(predictions).results(results, conventions().isRobust());
        return results.build();
    }

    @Override
    public void writeText(TextWriter target) throws IOException {
        new CoxText(this, fit, frame, predictions, conventions().isRobust()).writeTo(target);
    }

    @Override
    public String toString() {
        return toText();
    }
}
