package io.engraft.report.models;

import static io.engraft.report.internal.Cells.short4;

import io.engraft.curve.PointEstimate;
import io.engraft.regression.CoxFit;
import io.engraft.regression.PredictedSurvival;
import io.engraft.regression.ProportionalHazardsResult;
import io.engraft.report.Conventions;
import io.engraft.report.TextTable;
import io.engraft.report.TextWriter;
import io.engraft.report.internal.Cells;
import io.engraft.report.internal.CurveText;
import io.engraft.report.internal.Frame;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A fitted Cox model, for a person. */
final class CoxText {

    private static final Map<String, String> TESTS = Map.of(
            "likelihoodRatio", "likelihood ratio", "wald", "Wald", "score", "score", "robustScore", "robust score");

    private final CoxDocument document;
    private final CoxFit fit;
    private final Frame frame;
    private final List<AftPrediction> predictions;
    private final boolean robust;
    private final Conventions conventions;
    /** Why something is not estimable, where it was said already. */
    private final Set<String> said = new HashSet<>();

    CoxText(CoxDocument document, CoxFit fit, Frame frame, List<AftPrediction> predictions, boolean robust) {
        this.document = document;
        this.fit = fit;
        this.frame = frame;
        this.predictions = predictions;
        this.robust = robust;
        this.conventions = document.conventions();
    }

    void writeTo(TextWriter target) throws IOException {
        writeHead(target);
        target.append('\n').append(ModelWriting.counts(fit, frame)).append(ModelWriting.ending(fit));
        target.append(conventions.has("penalty") ? "penalised log-likelihood " : "log-likelihood ")
                .append(short4(fit.logLikelihood()))
                .append(", without covariates ")
                .append(short4(fit.nullLogLikelihood()));
        if (!Double.isNaN(fit.aic())) {
            target.append("; AIC ").append(short4(fit.aic()));
        }
        target.append('\n');
        if (!fit.coefficients().isEmpty()) {
            target.append('\n');
            RatioWriting.coefficients(
                    fit,
                    robust,
                    conventions.has("limits"),
                    "Coefficients of the log hazard; the hazard ratio is exp(coefficient)",
                    said,
                    target);
            writeTests(target);
        }
        if (document.concordance() != null) {
            PointEstimate c = document.concordance();
            target.append("\nConcordance of the fitted risk with the order of events, on these rows: ")
                    .append(short4(c.optional()))
                    .append(" (")
                    .append(Cells.shortLimits(c.interval()))
                    .append(")\n");
        }
        if (document.proportional().isPresent()) {
            target.append('\n');
            writeProportional(document.proportional().get(), target);
        }
        if (document.hasBaseline()) {
            writeBaseline(target);
        }
        ModelWriting.text(predictions, robust, said, target);
        CurveText.foot(document, frame.columns(), target);
    }

    private void writeHead(TextWriter target) throws IOException {
        target.append("Cox proportional hazards model\n");
        TextTable table = new TextTable(2, "data", CurveText.source(document));
        table.row("columns", CurveText.columnWords(frame));
        CurveText.notes(document, table);
        table.row("events", conventions.events().orElse(""));
        table.row("model", CurveText.said(conventions, "form"));
        table.row("ties", CurveText.said(conventions, "ties"));
        for (String more : List.of("contrasts", "strata", "offset", "penalty")) {
            if (conventions.has(more)) {
                table.row(more, CurveText.said(conventions, more));
            }
        }
        table.row(
                "intervals",
                conventions.percentLevel() + ", " + CurveText.said(conventions, "interval") + "; standard errors: "
                        + conventions.standardErrors().orElse(""));
        table.row("rules", "conventions: " + CurveText.said(conventions, "profile"));
        target.table(table, "");
    }

    private void writeBaseline(TextWriter target) throws IOException {
        List<PredictedSurvival> curves = fit.baseline();
        for (int s = 0; s < curves.size(); s++) {
            target.append("\nCumulative baseline hazard, of all columns 0")
                    .append(
                            fit.strata().isEmpty()
                                    ? ""
                                    : ", stratum " + fit.strata().get(s))
                    .append('\n');
            double[] times = curves.get(s).jumpTimes();
            double[] hazards = curves.get(s).cumulativeHazardValues(times);
            TextTable table = new TextTable(0, "time", "cumulative hazard");
            for (int k = 0; k < times.length; k++) {
                table.row(Cells.time(times[k]), short4(hazards[k]));
            }
            target.table(table, "  ");
        }
    }

    private void writeTests(TextWriter target) throws IOException {
        RatioWriting.tests(document.tests(), TESTS, target);
        if (robust) {
            target.append(
                    "  The likelihood-ratio and the score test take rows as independent; Wald's and the robust one do"
                            + " not.\n");
        }
    }

    private static void writeProportional(ProportionalHazardsResult tests, TextWriter target) throws IOException {
        target.append("Tests of proportional hazards, against a change with ")
                .append(
                        switch (tests.transform()) {
                            case KM -> "1 - S(t-) (km)";
                            case IDENTITY -> "time";
                            case RANK -> "the rank of time";
                            case LOG -> "log time";
                        })
                .append('\n');
        TextTable table = new TextTable(1, "term", "chi-squared", "df", "p");
        tests.terms().forEach(term -> RatioWriting.add(table, term.name(), term.test()));
        RatioWriting.add(table, "all together", tests.global());
        target.table(table, "  ");
        target.append("  A small p says that a ratio changes with time; a large one does not say that it stays.\n");
    }
}
