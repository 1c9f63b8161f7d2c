package io.engraft.cli.tests;

import static io.engraft.cli.output.TextTable.plain;
import static io.engraft.cli.output.TextTable.short4;

import io.engraft.cli.options.OutputOptions;
import io.engraft.cli.output.Columns;
import io.engraft.cli.output.CurveText;
import io.engraft.cli.output.Json;
import io.engraft.cli.output.Provenance;
import io.engraft.cli.output.TestMethod;
import io.engraft.cli.output.TextTable;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.SurvivalData;
import io.engraft.data.TidyTable;
import io.engraft.inference.TestResult;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** A comparison of groups, ready to be written. */
record TestOutput(Provenance provenance, TestMethod method, TestResult result, SurvivalData rows, Columns columns)
        implements OutputOptions.Result {

    @Override
    public void writeJson(Json json) throws IOException {
        json.object();
        provenance.writeHead(json, "test");
        json.text("method", method.label());
        boolean known = result.isEstimable();
        json.number("statistic", known ? result.statistic() : Double.NaN);
        json.number("df", known ? result.df() : Double.NaN);
        json.number("pValue", known ? result.pValue() : Double.NaN);
        if (!known) {
            json.text("reason", result.reason());
        }
        json.array("groups");
        for (TestResult.GroupCount group : result.groups()) {
            json.object().text("group", group.group()).count("n", group.n());
            json.number("observed", group.observed()).number("expected", group.expected());
            if (group.estimate().isPresent()) {
                json.estimate("estimate", group.estimate().get());
            }
            json.endObject();
        }
        json.endArray();
        json.array("contrasts");
        for (TestResult.Contrast contrast : result.contrasts()) {
            json.object().text("group", contrast.group()).text("against", contrast.against());
            json.text("measure", contrast.measure()).number("estimate", contrast.estimate());
            json.number("lower", lower(contrast)).number("upper", upper(contrast));
            json.number("z", contrast.z()).number("pValue", contrast.pValue());
            json.number("adjustedPValue", contrast.adjustedPValue()).endObject();
        }
        json.endArray();
        provenance.writeWarnings(json);
        json.endObject();
    }

    private static OptionalDouble lower(TestResult.Contrast contrast) {
        Interval interval = contrast.interval();
        return interval == null ? OptionalDouble.empty() : interval.lower();
    }

    private static OptionalDouble upper(TestResult.Contrast contrast) {
        Interval interval = contrast.interval();
        return interval == null ? OptionalDouble.empty() : interval.upper();
    }

    @Override
    public TidyTable table() {
        return result.tidy();
    }

    @Override
    public void writeText(Appendable target) throws IOException {
        Map<String, String> c = provenance.conventions();
        target.append(method.title()).append('\n');
        CurveText.testHead(provenance, rows, columns, target);
        target.append('\n');
        if (result.isEstimable()) {
            String p = c.getOrDefault("reference", "");
            target.append("chi-square ")
                    .append(short4(result.statistic()))
                    .append(" on ")
                    .append(String.valueOf(result.df()))
                    .append(result.df() == 1 ? " degree of freedom, p " : " degrees of freedom, p ")
                    .append(TextTable.pValue(result.pValue()))
                    .append(p.isEmpty() ? "" : " (" + p + ")")
                    .append('\n');
        } else {
            target.append("no statistic: ").append(result.reason()).append('\n');
        }
        target.append('\n');
        writeGroups(target);
        writeContrasts(target);
        String missing = c.getOrDefault("notEstimable", "");
        if (!missing.isEmpty()) {
            target.append("  not estimable: ").append(missing).append('\n');
        }
        CurveText.foot(provenance, columns, target);
    }

    private void writeGroups(Appendable target) throws IOException {
        boolean expected = result.groups().stream().anyMatch(g -> g.expected().isPresent());
        boolean estimates = result.groups().stream().anyMatch(g -> g.estimate().isPresent());
        TextTable table = expected
                ? new TextTable(1, columns.group(), "n", "observed", "expected")
                : estimates
                        ? new TextTable(1, columns.group(), "n", "events", "estimate", "std error", "interval")
                        : new TextTable(1, columns.group(), "n", "events");
        for (TestResult.GroupCount g : result.groups()) {
            String count = plain(round4(g.observed()));
            if (expected) {
                table.row(g.group(), String.valueOf(g.n()), count, short4(g.expected()));
            } else if (estimates) {
                PointEstimate estimate = g.estimate().orElse(PointEstimate.notEstimable(""));
                table.row(
                        g.group(),
                        String.valueOf(g.n()),
                        count,
                        short4(estimate.optional()),
                        short4(estimate.standardError()),
                        TextTable.shortLimits(estimate.interval()));
            } else {
                table.row(g.group(), String.valueOf(g.n()), count);
            }
        }
        table.write(target, "  ");
    }

    private static double round4(double value) {
        return Math.rint(value * 1e4) / 1e4;
    }

    private void writeContrasts(Appendable target) throws IOException {
        List<TestResult.Contrast> all = result.contrasts();
        if (all.isEmpty()) {
            return;
        }
        boolean adjusted = all.stream().anyMatch(x -> x.adjustedPValue().isPresent());
        boolean estimates = all.stream().anyMatch(x -> x.estimate().isPresent());
        target.append('\n');
        TextTable table = estimates
                ? new TextTable(2, "comparison", "measure", "estimate", "interval", "z", "p", adjusted ? "p adj." : "")
                : new TextTable(2, "comparison", "measure", "z", "p", adjusted ? "p adj." : "");
        for (TestResult.Contrast x : all) {
            String what = x.group() + " against " + x.against();
            String z = String.format(Locale.ROOT, "%.3f", x.z());
            String p = TextTable.pValue(x.pValue());
            String more = x.adjustedPValue().isPresent()
                    ? TextTable.pValue(x.adjustedPValue().getAsDouble())
                    : adjusted ? TextTable.NONE : "";
            if (estimates) {
                Interval interval = x.interval();
                String limits = interval == null ? TextTable.NONE : TextTable.shortLimits(interval);
                table.row(what, x.measure(), short4(x.estimate()), limits, z, p, more);
            } else {
                table.row(what, x.measure(), z, p, more);
            }
        }
        table.write(target, "  ");
    }
}
