package io.engraft.report.models;

import static io.engraft.report.internal.Cells.short4;

import io.engraft.curve.PointEstimate;
import io.engraft.regression.CoxFit;
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
        List<String> lines = List.of("form", "ties", "contrasts", "strata", "acrossStrata", "offset", "penalty");
        ModelWriting.head("Cox proportional hazards model", document, frame, lines, target);
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
            document.ratios().coefficients(robust, conventions.has("limits"), said, target);
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
            BaselineWriting.of(fit).text(target);
        }
        PredictionWriting.ofSurvival(predictions).text(robust, said, target);
        CurveText.foot(document, frame.columns(), target);
    }

    private void writeTests(TextWriter target) throws IOException {
        document.ratios().tests(TESTS, target);
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
