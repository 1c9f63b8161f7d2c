package io.engraft.report.models;

import io.engraft.CheckReturnValue;
import io.engraft.curve.Profile;
import io.engraft.data.SurvivalData;
import io.engraft.data.TidyTable;
import io.engraft.data.io.MissingValues;
import io.engraft.regression.FineGrayFit;
import io.engraft.regression.ModelTest;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Fine-Gray model as a document, as {@code engraft finegray} prints it: ratios of subdistribution hazards, tests of the
 * whole, baselines, and the incidence that is predicted. Immutable: every method gives a new document.
 */
@CheckReturnValue
public final class FineGrayDocument implements Document {

    private final FineGrayFit fit;
    private final Frame frame;
    private final Setting setting;
    private final List<IncidencePrediction> predictions;

    /** What is told of the fit, and what it does not say itself. */
    private record Setting(
            Profile profile, String strata, boolean baseline, FineGrayFit.@Nullable TotalIncidence total) {}

    private FineGrayDocument(FineGrayFit fit, Frame frame, Setting setting, List<IncidencePrediction> predictions) {
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
    public static FineGrayDocument of(FineGrayFit fit, SurvivalData rows) {
        Setting setting = new Setting(Profile.ENGRAFT, "strata", false, null);
        return new FineGrayDocument(fit, Frame.of(rows).withoutGroups(), setting, List.of());
    }

    private FineGrayDocument with(Frame changed) {
        return new FineGrayDocument(fit, changed, setting, predictions);
    }

    private FineGrayDocument with(Setting changed) {
        return new FineGrayDocument(fit, frame, changed, predictions);
    }

    /**
     * With the names of the data's columns.
     *
     * @param columns the names
     * @return a new document
     */
    public FineGrayDocument withColumns(DataColumns columns) {
        return with(frame.withColumns(columns));
    }

    /**
     * With what was done with missing values.
     *
     * @param treatment the treatment; by default dropped where rows were dropped, else refused
     * @return a new document
     */
    public FineGrayDocument withMissingValues(MissingValues treatment) {
        return with(frame.withMissing(treatment));
    }

    /**
     * With the conventions that the fit followed.
     *
     * @param followed whose conventions
     * @return a new document
     */
    public FineGrayDocument withProfile(Profile followed) {
        return with(new Setting(followed, setting.strata(), setting.baseline(), setting.total()));
    }

    /**
     * With the name of the column of strata.
     *
     * @param column the name
     * @return a new document
     */
    public FineGrayDocument withStrata(String column) {
        return with(new Setting(setting.profile(), column, setting.baseline(), setting.total()));
    }

    /**
     * With the baseline cumulative subdistribution hazards, those of all columns 0.
     *
     * @return a new document
     */
    public FineGrayDocument withBaseline() {
        return with(new Setting(setting.profile(), setting.strata(), true, setting.total()));
    }

    /**
     * With predictions.
     *
     * @param made the predictions, one a patient
     * @return a new document
     */
    public FineGrayDocument withPredictions(List<IncidencePrediction> made) {
        return new FineGrayDocument(fit, frame, setting, made);
    }

    /**
     * With the sums of what the models of all causes predict for the same patients.
     *
     * @param sums the sums
     * @return a new document, which warns where a sum is more than 1
     */
    public FineGrayDocument withTotalIncidence(FineGrayFit.TotalIncidence sums) {
        return with(new Setting(setting.profile(), setting.strata(), setting.baseline(), sums));
    }

    @Override
    public String command() {
        return "finegray";
    }

    @Override
    public Conventions conventions() {
        Conventions all = Conventions.of(Map.of("profile", setting.profile().label()))
                .and(fit.conventions())
                // Said in the same words as by the other commands, below.
                .without("event")
                .with(
                        "form",
                        "-log(1 - incidence) = cumulative baseline * exp(covariates); coefficients are of the log"
                                + " subdistribution hazard")
                .with(
                        "interval",
                        "normal of the log ratio; of incidence on "
                                + (setting.profile() == Profile.R ? "log F" : "log(-log F)"))
                .with(Conventions.LEVEL, fit.level());
        String contrasts = ModelWriting.contrasts(fit);
        if (!contrasts.isEmpty()) {
            all = all.with("contrasts", contrasts);
        }
        boolean strata = frame.rows().strata().isPresent();
        if (strata) {
            all = all.with("strata", setting.strata() + ", a baseline and weights each");
        }
        return frame.conventions(all, CauseWords.competing(frame, cause()), strata || !contrasts.isEmpty());
    }

    private int cause() {
        return CauseWords.require(
                frame.rows(), frame.rows().causes().indexOf(fit.cause().orElseThrow()) + 1);
    }

    @Override
    public Provenance provenance() {
        return frame.provenance();
    }

    @Override
    public List<String> warnings() {
        List<String> warnings = ModelWriting.ended(fit);
        warnings.addAll(fit.warnings());
        warnings.addAll(PredictionWriting.ofIncidence(predictions).warnings());
        if (setting.total() != null) {
            setting.total().warning().ifPresent(warnings::add);
        }
        return frame.warnings(warnings);
    }

    /** The tests that all coefficients are 0, by their keys; none without columns. */
    private Map<String, ModelTest> tests() {
        Map<String, ModelTest> tests = new LinkedHashMap<>();
        if (fit.estimated() > 0) {
            tests.put("likelihoodRatio", fit.pseudoLikelihoodRatio());
            tests.put("wald", fit.wald());
            tests.put("score", fit.score());
            ModelTest robust = fit.robustScore();
            if (!Double.isNaN(robust.statistic())) {
                tests.put("robustScore", robust);
            }
        }
        return tests;
    }

    RatioWriting ratios() {
        return new RatioWriting(fit, tests());
    }

    @Override
    public void writeBody(JsonWriter json) throws IOException {
        ratios().write(json, true);
        if (setting.baseline()) {
            BaselineWriting.of(fit).write(json);
        }
        PredictionWriting.ofIncidence(predictions).write(json, true);
        FineGrayFit.TotalIncidence total = setting.total();
        if (total != null) {
            json.object("totalIncidence").number("time", total.time()).count("rows", total.patients());
            json.count("above", total.above())
                    .number("largest", total.largest())
                    .endObject();
        }
    }

    @Override
    public TidyTable table() {
        TidyTable.Builder table = ModelWriting.table();
        ratios().rows(table);
        if (setting.baseline()) {
            BaselineWriting.of(fit).rows(table);
        }
        PredictionWriting.ofIncidence(predictions).rows(table, true);
        return table.build();
    }

    @Override
    public TidyTable ard() {
        AnalysisResults results = ratios().results();
        if (setting.baseline()) {
            BaselineWriting.of(fit).results(results, setting.strata());
        }
        PredictionWriting.ofIncidence(predictions).results(results, true);
        return results.build();
    }

    @Override
    public void writeText(TextWriter target) throws IOException {
        new FineGrayText(this, fit, frame).writeTo(target);
    }

    boolean hasBaseline() {
        return setting.baseline();
    }

    List<IncidencePrediction> predictions() {
        return predictions;
    }

    @Override
    public String toString() {
        return toText();
    }
}
