package io.engraft.report.models;

import static io.engraft.report.internal.Cells.short4;

import io.engraft.curve.PointEstimate;
import io.engraft.data.TidyTable;
import io.engraft.internal.csv.NumberText;
import io.engraft.regression.Coefficient;
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

    private RatioWriting() {}

    /** How the fit ended, its tests and its coefficients. */
    static void fit(JsonWriter json, RegressionFit fit, Map<String, ModelTest> tests, boolean robust)
            throws IOException {
        ModelWriting.ending(json, fit);
        json.object("tests");
        for (Map.Entry<String, ModelTest> test : tests.entrySet()) {
            json.object(test.getKey());
            test(json, test.getValue());
        }
        json.endObject();
        json.array("coefficients");
        for (Coefficient c : fit.coefficients()) {
            PointEstimate ratio = ModelWriting.ratio(c);
            json.object().text("name", c.name());
            ModelWriting.errors(json, c, robust);
            json.number("z", c.z()).number("pValue", c.pValue()).number("hazardRatio", ratio.optional());
            json.limits(ratio.interval()).endObject();
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

    static void rows(TidyTable.Builder table, RegressionFit fit, Map<String, ModelTest> tests) {
        fit.coefficients().forEach(c -> ModelWriting.row(table, "coefficient", c));
        for (Coefficient c : fit.coefficients()) {
            ModelWriting.row(table, "hazard ratio", c.name(), ModelWriting.ratio(c));
        }
        tests.forEach((name, test) -> ModelWriting.row(table, "test", name, test));
    }

    static AnalysisResults results(RegressionFit fit, Map<String, ModelTest> tests) {
        AnalysisResults results = new AnalysisResults().variable("model", null);
        results.stat("n", fit.n()).stat("events", fit.events()).stat("log_likelihood", fit.logLikelihood());
        results.stat("null_log_likelihood", fit.nullLogLikelihood())
                .stat("aic", fit.aic())
                .stat("bic", fit.bic());
        for (Coefficient c : fit.coefficients()) {
            ModelWriting.stats(results.variable(c.name(), null), c);
            results.stat("z", c.z()).stat("p_value", c.pValue());
            PointEstimate ratio = ModelWriting.ratio(c);
            results.stat("hazard_ratio", ratio.optional());
            ModelWriting.limits(results, ratio.interval());
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
    static void coefficients(
            RegressionFit fit, boolean robust, boolean profiled, String title, Set<String> said, TextWriter target)
            throws IOException {
        target.append(title).append('\n');
        TextTable table = profiled
                ? new TextTable(
                        1,
                        "coefficient",
                        "estimate",
                        ModelWriting.errorWords(robust),
                        "p (ratio test)",
                        "hazard ratio",
                        "limits of the ratio")
                : new TextTable(
                        1,
                        "coefficient",
                        "estimate",
                        ModelWriting.errorWords(robust),
                        "z",
                        "p",
                        "hazard ratio",
                        "limits of the ratio");
        CurveText.Notes notes = new CurveText.Notes(said);
        for (Coefficient c : fit.coefficients()) {
            notes.add(c.name(), c.value());
            PointEstimate ratio = ModelWriting.ratio(c);
            String estimate = short4(c.value().optional());
            String error = short4(c.value().standardError());
            String p = c.pValue().isPresent() ? NumberText.pValue(c.pValue().getAsDouble()) : Cells.NONE;
            String shown = short4(ratio.optional());
            String limits = Cells.shortLimits(ratio.interval());
            if (profiled) {
                table.row(c.name(), estimate, error, p, shown, limits);
            } else {
                String z = Cells.short3(c.z().orElse(Double.NaN));
                table.row(c.name(), estimate, error, z, p, shown, limits);
            }
        }
        target.table(table, "  ");
        notes.write(target);
    }

    /** The tests that all coefficients are 0. */
    static void tests(Map<String, ModelTest> tests, Map<String, String> words, TextWriter target) throws IOException {
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
