package io.engraft.report.models;

import static io.engraft.report.internal.Cells.short4;

import io.engraft.regression.FineGrayFit;
import io.engraft.report.TextWriter;
import io.engraft.report.internal.CauseWords;
import io.engraft.report.internal.CurveText;
import io.engraft.report.internal.Frame;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A fitted Fine-Gray model, for a person. */
final class FineGrayText {

    private static final Map<String, String> TESTS = Map.of(
            "likelihoodRatio",
            "pseudo likelihood ratio",
            "wald",
            "Wald, robust",
            "score",
            "score",
            "robustScore",
            "robust score");

    private final FineGrayDocument document;
    private final FineGrayFit fit;
    private final Frame frame;
    /** Why something is not estimable, where it was said already. */
    private final Set<String> said = new HashSet<>();

    FineGrayText(FineGrayDocument document, FineGrayFit fit, Frame frame) {
        this.document = document;
        this.fit = fit;
        this.frame = frame;
    }

    void writeTo(TextWriter target) throws IOException {
        String cause = CauseWords.name(fit.cause().orElseThrow());
        List<String> lines = List.of(
                "form",
                "ties",
                "riskAfterAnotherCause",
                "censoringTiedWithEvents",
                "contrasts",
                "strata",
                "acrossStrata",
                "offset");
        ModelWriting.head("Fine-Gray model of the cumulative incidence of " + cause, document, frame, lines, target);
        target.append('\n').append(ModelWriting.counts(fit, frame)).append(ModelWriting.ending(fit));
        target.append("pseudo log-likelihood ")
                .append(short4(fit.logLikelihood()))
                .append(", without covariates ")
                .append(short4(fit.nullLogLikelihood()))
                .append('\n');
        if (!fit.coefficients().isEmpty()) {
            target.append('\n');
            document.ratios().coefficients(true, false, said, target);
            boolean weighted = document.conventions().has("censoringTiedWithEvents");
            if (weighted) {
                writeMeaning(cause, target);
            } else {
                target.append("  No row has another cause: these are hazard ratios, as engraft cox gives them.\n");
            }
            document.ratios().tests(TESTS, target);
            target.append("  The pseudo likelihood ratio and the score test take ")
                    .append(weighted ? "the weights as known and " : "")
                    .append("rows as independent; Wald's and the robust one do not.\n");
        }
        if (document.hasBaseline()) {
            BaselineWriting.of(fit).text(target);
        }
        PredictionWriting.ofIncidence(document.predictions()).text(true, said, target);
        CurveText.foot(document, frame.columns(), target);
    }

    /** What the ratio says, and what it does not. */
    private static void writeMeaning(String cause, TextWriter target) throws IOException {
        target.append("  A ratio above 1 goes with a higher cumulative incidence of ")
                .append(cause)
                .append(", below 1 with a lower one. It gives the direction\n"
                        + "  only: by how much the incidence changes, predictions (--newdata) say. It is no hazard ratio, and no"
                        + " effect on\n"
                        + "  the rate among those still at risk, as patients who had another event stay in its denominator: a"
                        + " covariate\n"
                        + "  that acts on competing events alone can move it from 1. engraft cox --cause gives ratios of"
                        + " rates.\n");
    }
}
