package io.engraft.report.models;

import static io.engraft.report.internal.Cells.short4;

import io.engraft.curve.PointEstimate;
import io.engraft.data.TidyTable;
import io.engraft.internal.csv.NumberText;
import io.engraft.regression.Coefficient;
import io.engraft.regression.FineGrayFit;
import io.engraft.regression.ModelTest;
import io.engraft.regression.RegressionFit;
import io.engraft.report.AnalysisResults;
import io.engraft.report.JsonWriter;
import io.engraft.report.TextTable;
import io.engraft.report.TextWriter;
import io.engraft.report.internal.Cells;
import io.engraft.report.internal.CurveText;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Ratios of hazards, and the tests of them all, as the documents of Cox and Fine-Gray models write them. */
final class RatioWriting {

    private final RegressionFit fit;
    private final Map<String, ModelTest> tests;
    /** Whether hazards are those of a subdistribution, and the likelihood a pseudo-likelihood. */
    private final boolean subdistribution;

    private final String ratio;

    /** Of a fit, with the tests that all coefficients are 0 by their keys. */
    RatioWriting(RegressionFit fit, Map<String, ModelTest> tests) {
        this.fit = fit;
        this.tests = tests;
        this.subdistribution = fit instanceof FineGrayFit;
        this.ratio = (subdistribution ? "subdistribution " : "") + "hazard ratio";
    }

    /** How the fit ended, its tests and its coefficients. */
    void write(JsonWriter json, boolean robust) throws IOException {
        ModelWriting.ending(json, fit);
        if (!subdistribution) {
            ModelWriting.criteria(json, fit);
        }
        json.object("tests");
        for (Map.Entry<String, ModelTest> test : tests.entrySet()) {
            json.object(test.getKey());
            test(json, test.getValue());
        }
        json.endObject();
        json.array("coefficients");
        for (Coefficient c : fit.coefficients()) {
            PointEstimate value = ModelWriting.ratio(c);
            json.object().text("name", c.name());
            ModelWriting.errors(json, c, robust);
            json.number("z", c.z()).number("pValue", c.pValue()).number("hazardRatio", value.optional());
            json.limits(value.interval()).endObject();
        }
        json.endArray();
    }

    /** The rest of the object of a test. */
    static void test(JsonWriter json, ModelTest test) throws IOException {
        json.number("statistic", test.statistic())
                .count("df", test.degreesOfFreedom())
                .number("pValue", test.pValue())
                .endObject();
    }

    void rows(TidyTable.Builder table) {
        fit.coefficients().forEach(c -> ModelWriting.row(table, "coefficient", c));
        for (Coefficient c : fit.coefficients()) {
            ModelWriting.row(table, ratio, c.name(), ModelWriting.ratio(c));
        }
        tests.forEach((name, test) -> ModelWriting.row(table, "test", name, test));
    }

    AnalysisResults results() {
        AnalysisResults results = new AnalysisResults().variable("model", null);
        results.stat("n", fit.n()).stat("events", fit.events()).stat("log_likelihood", fit.logLikelihood());
        results.stat("null_log_likelihood", fit.nullLogLikelihood());
        if (!subdistribution) {
            results.stat("aic", fit.aic()).stat("bic", fit.bic());
        }
        for (Coefficient c : fit.coefficients()) {
            ModelWriting.stats(results.variable(c.name(), null), c);
            results.stat("z", c.z()).stat("p_value", c.pValue());
            PointEstimate value = ModelWriting.ratio(c);
            results.stat(ratio.replace(' ', '_'), value.optional());
            ModelWriting.limits(results, value.interval());
        }
        tests.forEach((name, test) -> test(results.variable("test", name), test));
        return results;
    }

    static void test(AnalysisResults results, ModelTest test) {
        results.stat("statistic", test.statistic())
                .stat("df", test.degreesOfFreedom())
                .stat("p_value", test.pValue());
    }

    /** The coefficients, with their ratios. */
    void coefficients(boolean robust, boolean profiled, Set<String> said, TextWriter target) throws IOException {
        target.append("Coefficients of the log ")
                .append(subdistribution ? "subdistribution hazard" : "hazard")
                .append("; the ")
                .append(ratio)
                .append(" is exp(coefficient)\n");
        String error = ModelWriting.errorWords(robust);
        // What it is of stands above; a table is not to be wider than a page.
        String shown = subdistribution ? "ratio" : ratio;
        TextTable table = profiled
                ? new TextTable(1, "coefficient", "estimate", error, "p (ratio test)", shown, "limits of the ratio")
                : new TextTable(1, "coefficient", "estimate", error, "z", "p", shown, "limits of the ratio");
        CurveText.Notes notes = new CurveText.Notes(said);
        for (Coefficient c : fit.coefficients()) {
            notes.add(c.name(), c.value());
            PointEstimate value = ModelWriting.ratio(c);
            String estimate = short4(c.value().optional());
            String own = short4(c.value().standardError());
            String p = c.pValue().isPresent() ? NumberText.pValue(c.pValue().getAsDouble()) : Cells.NONE;
            String estimated = short4(value.optional());
            String limits = Cells.shortLimits(value.interval());
            if (profiled) {
                table.row(c.name(), estimate, own, p, estimated, limits);
            } else {
                String z = Cells.short3(c.z().orElse(Double.NaN));
                table.row(c.name(), estimate, own, z, p, estimated, limits);
            }
        }
        target.table(table, "  ");
        notes.write(target);
    }

    /** The tests that all coefficients are 0. */
    void tests(Map<String, String> words, TextWriter target) throws IOException {
        target.append('\n').append("Tests that all coefficients are 0\n");
        TextTable table = new TextTable(1, "test", "chi-squared", "df", "p");
        for (Map.Entry<String, ModelTest> test : tests.entrySet()) {
            add(table, words.getOrDefault(test.getKey(), test.getKey()), test.getValue());
        }
        target.table(table, "  ");
    }

    static void add(TextTable table, String name, ModelTest test) {
        table.row(
                name,
                Cells.short4(test.statistic()),
                String.valueOf(test.degreesOfFreedom()),
                Double.isNaN(test.pValue()) ? Cells.NONE : NumberText.pValue(test.pValue()));
    }
}
