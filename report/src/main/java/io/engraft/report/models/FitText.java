package io.engraft.report.models;

import static io.engraft.report.internal.Cells.short4;

import io.engraft.FitStatus;
import io.engraft.curve.PointEstimate;
import io.engraft.internal.csv.NumberText;
import io.engraft.regression.Coefficient;
import io.engraft.regression.CureFraction;
import io.engraft.regression.ParametricFit;
import io.engraft.report.Conventions;
import io.engraft.report.DataColumns;
import io.engraft.report.TextTable;
import io.engraft.report.TextWriter;
import io.engraft.report.internal.Cells;
import io.engraft.report.internal.CurveText;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A fitted parametric law, for a person. */
final class FitText {

    private final FitDocument document;
    private final ParametricFit fit;
    private final List<AftPrediction> predictions;
    private final Conventions conventions;
    /** Why something is not estimable, where it was said already. */
    private final Set<String> said = new HashSet<>();

    FitText(FitDocument document, List<AftPrediction> predictions) {
        this.document = document;
        this.fit = document.fit();
        this.predictions = predictions;
        this.conventions = document.conventions();
    }

    void writeTo(TextWriter target) throws IOException {
        writeHead(target);
        target.append('\n');
        writeFit(target);
        target.append('\n');
        writeParameters(target);
        PredictionWriting.ofSurvival(predictions).text(conventions.isRobust(), said, target);
        CurveText.foot(document, document.frame().columns(), target);
    }

    private void writeHead(TextWriter target) throws IOException {
        target.append("Parametric law of time, ").append(fit.family().label()).append('\n');
        TextTable table = new TextTable(2, "data", CurveText.source(document));
        table.row("columns", columns());
        table.row("events", conventions.events().orElse(""));
        if (conventions.has("covariatesOn")) {
            table.row("further", CurveText.said(conventions, "covariatesOn"));
        }
        if (conventions.has("contrasts")) {
            table.row("contrasts", CurveText.said(conventions, "contrasts"));
        }
        table.row(
                "intervals",
                conventions.percentLevel() + ", " + CurveText.said(conventions, "interval") + "; standard errors: "
                        + conventions.standardErrors().orElse(""));
        table.row("rules", "conventions: " + CurveText.said(conventions, "profile"));
        target.table(table, "");
    }

    private String columns() {
        String words = CurveText.columnWords(document.frame());
        DataColumns columns = document.frame().columns();
        return !document.isOfIntervals() || !columns.isNamed()
                ? words
                : words.replaceFirst("^time ", "left ").replaceFirst(", status ", ", right ");
    }

    private void writeFit(TextWriter target) throws IOException {
        target.append(ModelWriting.counts(fit, document.frame()));
        target.append(ModelWriting.ending(fit));
        if (fit.status() == FitStatus.BOUNDARY) {
            target.append("  where errors and limits are \"-\", they cannot be had at the edge\n");
            said.add("the fit ended " + fit.status() + ": " + fit.statusReason());
        }
        target.append("log-likelihood ")
                .append(short4(fit.logLikelihood()))
                .append(", without covariates ")
                .append(short4(fit.nullLogLikelihood()))
                .append("; AIC ")
                .append(short4(fit.aic()))
                .append(", BIC ")
                .append(short4(fit.bic()))
                .append('\n');
        Optional<CureFraction> cured = document.cured();
        if (cured.isPresent()) {
            PointEstimate share = cured.get().share();
            target.append("cured share ")
                    .append(short4(share.optional()))
                    .append(" (")
                    .append(Cells.shortLimits(share.interval()))
                    .append(", by ")
                    .append(cured.get().method())
                    .append(")\n");
            if (cured.get().method().startsWith("profile")) {
                target.append(
                        "  limits among the parameters and predictions below come from standard errors; where they"
                                + " differ, rely on those by profile\n");
            }
        }
    }

    private void writeParameters(TextWriter target) throws IOException {
        Map<String, PointEstimate> natural = fit.baselineParameters();
        boolean effects = fit.coefficients().size() > natural.size();
        target.append(
                effects
                        ? "Parameters where every covariate is 0 or at its reference, and effects on them; an effect on the"
                                + " log scale multiplies by exp(estimate)\n"
                        : "Parameters\n");
        String error = ModelWriting.errorWords(conventions.isRobust());
        CurveText.Notes notes = new CurveText.Notes(said);
        TextTable table = effects
                ? new TextTable(2, "parameter", "scale", "estimate", error, "p", "value or factor", "its limits")
                : new TextTable(2, "parameter", "scale", "estimate", error, "value", "its limits");
        for (int j = 0; j < fit.coefficients().size(); j++) {
            Coefficient c = fit.coefficients().get(j);
            notes.add(c.name(), c.value());
            PointEstimate shown = document.isParameter(j)
                    ? natural.get(c.parameter())
                    : document.factor(j).orElse(null);
            String value = shown == null ? "" : short4(shown.optional());
            String limits =
                    shown == null ? Cells.shortLimits(c.value().interval()) : Cells.shortLimits(shown.interval());
            String scale = fit.scaleOf(c.parameter());
            String estimate = short4(c.value().optional());
            String own = short4(c.value().standardError());
            String p = document.isParameter(j)
                    ? ""
                    : c.pValue().isPresent() ? NumberText.pValue(c.pValue().getAsDouble()) : Cells.NONE;
            if (effects) {
                table.row(c.name(), scale, estimate, own, p, value, limits);
            } else {
                table.row(c.name(), scale, estimate, own, value, limits);
            }
        }
        target.table(table, "  ");
        notes.write(target);
    }
}
