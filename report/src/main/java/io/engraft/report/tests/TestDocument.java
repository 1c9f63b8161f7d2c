package io.engraft.report.tests;

import static io.engraft.report.internal.Cells.plain;
import static io.engraft.report.internal.Cells.short4;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.Profile;
import io.engraft.data.SurvivalData;
import io.engraft.data.TidyTable;
import io.engraft.data.io.MissingValues;
import io.engraft.inference.TestResult;
import io.engraft.internal.CauseChoice;
import io.engraft.internal.csv.NumberText;
import io.engraft.report.AnalysisResults;
import io.engraft.report.Conventions;
import io.engraft.report.DataColumns;
import io.engraft.report.Document;
import io.engraft.report.JsonWriter;
import io.engraft.report.Provenance;
import io.engraft.report.TextTable;
import io.engraft.report.TextWriter;
import io.engraft.report.internal.CauseWords;
import io.engraft.report.internal.Cells;
import io.engraft.report.internal.CurveText;
import io.engraft.report.internal.Frame;
import io.engraft.report.internal.Patients;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of groups as a document, as {@code engraft test} prints it: the statistic with its p-value, what was
 * observed and expected in each group, and contrasts of groups. Immutable: every method gives a new document.
 */
@CheckReturnValue
public final class TestDocument implements Document {

    private final TestMethod method;
    private final TestResult result;
    private final Frame frame;
    private final Profile profile;
    private final @Nullable Integer cause;

    private TestDocument(TestMethod method, TestResult result, Frame frame, Profile profile, @Nullable Integer cause) {
        this.method = method;
        this.result = result;
        this.frame = frame;
        this.profile = profile;
        this.cause = cause;
    }

    /**
     * The document of a test.
     *
     * @param method which test it was
     * @param result what it found
     * @param rows the rows that were compared, in groups
     * @return the document
     * @throws InvalidArgumentException when the result is of another test, or its cause is none of the rows'
     */
    public static TestDocument of(TestMethod method, TestResult result, SurvivalData rows) {
        if (!method.isOf(result)) {
            throw InvalidArgumentException.of(
                    "test", method.label(), "that of the result, which is " + result.method());
        }
        Integer cause = CauseWords.code(rows, result.cause());
        return new TestDocument(method, result, Frame.of(rows), Profile.ENGRAFT, cause);
    }

    private TestDocument with(Frame changed) {
        return new TestDocument(method, result, changed, profile, cause);
    }

    /**
     * With the names of the data's columns.
     *
     * @param columns the names
     * @return a new document
     */
    public TestDocument withColumns(DataColumns columns) {
        return with(frame.withColumns(columns));
    }

    /**
     * With what was done with missing values.
     *
     * @param treatment the treatment; by default dropped where rows were dropped, else refused
     * @return a new document
     */
    public TestDocument withMissingValues(MissingValues treatment) {
        return with(frame.withMissing(treatment));
    }

    /**
     * With the conventions that the test followed.
     *
     * @param followed whose conventions
     * @return a new document
     */
    public TestDocument withProfile(Profile followed) {
        return new TestDocument(method, result, frame, followed, cause);
    }

    /**
     * For a test of data that were made cause-specific, which its result cannot tell: the document says so, and warns that
     * the other causes censor. A result of one cause's incidence says so itself.
     *
     * @param code the cause's code
     * @return a new document
     * @throws InvalidArgumentException when it is no cause of the rows, or not that of the result
     */
    public TestDocument withCause(int code) {
        Integer own = CauseWords.code(frame.rows(), result.cause());
        if (own != null && own != code) {
            throw InvalidArgumentException.of("cause", code, "that of the result, which is " + own);
        }
        return new TestDocument(method, result, frame, profile, CauseWords.require(frame.rows(), code));
    }

    /**
     * As {@link #withCause(int)}, by the cause's label.
     *
     * @param label the label
     * @return a new document
     * @throws InvalidArgumentException when there is no such cause
     */
    public TestDocument withCause(String label) {
        return withCause(CauseChoice.code("cause", label, frame.rows().causes()));
    }

    @Override
    public String command() {
        return "test";
    }

    @Override
    public Conventions conventions() {
        Conventions own = Conventions.of(Map.of("profile", profile.label())).and(result.conventions());
        return frame.conventions(own, events(), true);
    }

    private String events() {
        return cause != null && method.comparesIncidence(true)
                ? CauseWords.competing(frame, cause)
                : CauseWords.events(frame, cause);
    }

    @Override
    public Provenance provenance() {
        return frame.provenance();
    }

    @Override
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>(result.warnings());
        if (cause != null && !method.comparesIncidence(true)) {
            warnings.add(CauseWords.censoring(frame.rows(), cause) + "; --method gray compares cumulative incidence");
        }
        return frame.warnings(warnings);
    }

    @Override
    public void writeBody(JsonWriter json) throws IOException {
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
            Patients.write(frame, group.group(), json);
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
    public TidyTable ard() {
        AnalysisResults results = new AnalysisResults().variable(method.label(), null);
        boolean known = result.isEstimable();
        results.stat("statistic", known ? result.statistic() : Double.NaN);
        results.stat("df", known ? result.df() : Double.NaN);
        results.stat("p_value", known ? result.pValue() : Double.NaN);
        String name = frame.columns().group();
        for (TestResult.GroupCount group : result.groups()) {
            results.group(name, group.group()).stat("n", group.n()).stat("observed", group.observed());
            results.stat("expected", group.expected());
            if (group.estimate().isPresent()) {
                results.estimate("estimate", group.estimate().get());
            }
        }
        for (TestResult.Contrast contrast : result.contrasts()) {
            results.group(name, contrast.group()).within("against", contrast.against());
            results.variable(contrast.measure(), null).stat("estimate", contrast.estimate());
            results.stat("lower", lower(contrast)).stat("upper", upper(contrast));
            results.stat("z", contrast.z()).stat("p_value", contrast.pValue());
            results.stat("adjusted_p_value", contrast.adjustedPValue());
        }
        return results.build();
    }

    @Override
    public void writeText(TextWriter target) throws IOException {
        Conventions c = conventions();
        target.append(method.title()).append('\n');
        CurveText.testHead(this, frame, target);
        target.append('\n');
        if (result.isEstimable()) {
            String p = CurveText.said(c, "reference");
            target.append("chi-square ")
                    .append(short4(result.statistic()))
                    .append(" on ")
                    .append(String.valueOf(result.df()))
                    .append(result.df() == 1 ? " degree of freedom, p " : " degrees of freedom, p ")
                    .append(NumberText.pValue(result.pValue()))
                    .append(p.isEmpty() ? "" : " (" + p + ")")
                    .append('\n');
        } else {
            target.append("no statistic: ").append(result.reason()).append('\n');
        }
        target.append('\n');
        writeGroups(target);
        writeContrasts(target);
        String missing = CurveText.said(c, "notEstimable");
        if (!missing.isEmpty()) {
            target.append("  not estimable: ").append(missing).append('\n');
        }
        CurveText.foot(this, frame.columns(), target);
    }

    private void writeGroups(TextWriter target) throws IOException {
        boolean expected = result.groups().stream().anyMatch(g -> g.expected().isPresent());
        boolean estimates = result.groups().stream().anyMatch(g -> g.estimate().isPresent());
        // Rows are counted, events weighted: with weights the heading says which is which.
        String n = frame.isWeighted() ? "rows" : "n";
        String events = (expected ? "observed" : "events") + (frame.isWeighted() ? " (weighted)" : "");
        TextTable table = expected
                ? new TextTable(1, frame.columns().group(), n, events, "expected")
                : estimates
                        ? new TextTable(1, frame.columns().group(), n, events, "estimate", "std error", "interval")
                        : new TextTable(1, frame.columns().group(), n, events);
        CurveText.Notes notes = new CurveText.Notes();
        for (TestResult.GroupCount g : result.groups()) {
            String count = plain(round4(g.observed()));
            if (expected) {
                table.row(g.group(), String.valueOf(g.n()), count, short4(g.expected()));
            } else if (estimates) {
                PointEstimate estimate = g.estimate().orElse(PointEstimate.notEstimable(""));
                notes.add("group " + g.group(), estimate);
                table.row(
                        g.group(),
                        String.valueOf(g.n()),
                        count,
                        short4(estimate.optional()),
                        short4(estimate.standardError()),
                        Cells.shortLimits(estimate.interval()));
            } else {
                table.row(g.group(), String.valueOf(g.n()), count);
            }
        }
        target.table(table, "  ");
        notes.write(target);
    }

    private static double round4(double value) {
        return Math.rint(value * 1e4) / 1e4;
    }

    private void writeContrasts(TextWriter target) throws IOException {
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
            String z = Cells.short3(x.z());
            String p = NumberText.pValue(x.pValue());
            String more = x.adjustedPValue().isPresent()
                    ? NumberText.pValue(x.adjustedPValue().getAsDouble())
                    : adjusted ? Cells.NONE : "";
            if (estimates) {
                Interval interval = x.interval();
                String limits = interval == null ? Cells.NONE : Cells.shortLimits(interval);
                table.row(what, x.measure(), short4(x.estimate()), limits, z, p, more);
            } else {
                table.row(what, x.measure(), z, p, more);
            }
        }
        target.table(table, "  ");
    }

    @Override
    public String toString() {
        return toText();
    }
}
