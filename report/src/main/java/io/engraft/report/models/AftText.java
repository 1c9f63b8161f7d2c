package io.engraft.report.models;

import static io.engraft.report.internal.Cells.short4;

import io.engraft.FitStatus;
import io.engraft.curve.PointEstimate;
import io.engraft.internal.csv.NumberText;
import io.engraft.regression.AftDistribution;
import io.engraft.regression.AftFit;
import io.engraft.regression.Coefficient;
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

/** A fitted accelerated failure time model, for a person. */
final class AftText {

    private static final String INTERCEPT = "(Intercept)";

    private final AftDocument document;
    private final AftFit fit;
    private final Frame frame;
    private final List<AftPrediction> predictions;
    private final boolean robust;
    /** Why something is not estimable, where it was said already. */
    private final Set<String> said = new HashSet<>();

    AftText(AftDocument document, AftFit fit, Frame frame, List<AftPrediction> predictions, boolean robust) {
        this.document = document;
        this.fit = fit;
        this.frame = frame;
        this.predictions = predictions;
        this.robust = robust;
    }

    /** Whether the model is of the logarithm of time, so that exp of a coefficient multiplies time. */
    static boolean isOfLogTime(AftDistribution distribution) {
        return distribution != AftDistribution.GAUSSIAN && distribution != AftDistribution.LOGISTIC;
    }

    static String form(AftDistribution distribution) {
        return (isOfLogTime(distribution) ? "log(time)" : "time")
                + " = intercept + covariates + scale * error; the log-likelihood is that of time";
    }

    static boolean hasTimeRatio(AftFit fit, Coefficient c) {
        boolean location = c.parameter().equals("location");
        return isOfLogTime(fit.distribution()) && location && !c.name().equals(INTERCEPT);
    }

    void writeTo(TextWriter target) throws IOException {
        String title = "Accelerated failure time model, " + fit.distribution().label();
        ModelWriting.head(title, document, frame, List.of("form", "contrasts", "strata"), target);
        target.append('\n');
        writeFit(target);
        target.append('\n');
        writeCoefficients(target);
        PredictionWriting.ofSurvival(predictions).text(robust, said, target);
        CurveText.foot(document, frame.columns(), target);
    }

    private void writeFit(TextWriter target) throws IOException {
        target.append(ModelWriting.counts(fit, frame));
        target.append(ModelWriting.ending(fit));
        target.append("log-likelihood ")
                .append(short4(fit.logLikelihood()))
                .append(", without covariates ")
                .append(short4(fit.nullLogLikelihood()))
                .append("; AIC ")
                .append(short4(fit.aic()))
                .append('\n');
        for (Map.Entry<String, PointEstimate> scale : fit.scales().entrySet()) {
            PointEstimate value = scale.getValue();
            target.append(scale.getKey().equals("all") ? "scale " : "scale of " + scale.getKey() + " ")
                    .append(short4(value.optional()));
            if (value.interval().isEstimable()) {
                target.append(" (").append(Cells.shortLimits(value.interval())).append(')');
            } else if (fit.status() == FitStatus.CONVERGED) {
                target.append(", fixed");
            }
            target.append('\n');
        }
    }

    private void writeCoefficients(TextWriter target) throws IOException {
        boolean ratios = fit.coefficients().stream().anyMatch(c -> hasTimeRatio(fit, c));
        String error = ModelWriting.errorWords(robust);
        if (ratios) {
            target.append("Coefficients of log time; the time ratio is exp(coefficient)\n");
        }
        TextTable table = ratios
                ? new TextTable(1, "coefficient", "estimate", error, "z", "p", "time ratio", "limits of the ratio")
                : new TextTable(1, "coefficient", "estimate", error, "z", "p", "limits");
        CurveText.Notes notes = new CurveText.Notes(said);
        for (Coefficient c : fit.coefficients()) {
            notes.add(c.name(), c.value());
            String estimate = short4(c.value().optional());
            String own = short4(c.value().standardError());
            String z = Cells.short3(c.z().orElse(Double.NaN));
            String p = c.pValue().isPresent() ? NumberText.pValue(c.pValue().getAsDouble()) : Cells.NONE;
            if (!ratios) {
                table.row(
                        c.name(),
                        estimate,
                        own,
                        z,
                        p,
                        Cells.shortLimits(c.value().interval()));
            } else if (hasTimeRatio(fit, c)) {
                PointEstimate ratio = ModelWriting.ratio(c);
                String limits = Cells.shortLimits(ratio.interval());
                table.row(c.name(), estimate, own, z, p, short4(ratio.optional()), limits);
            } else {
                table.row(c.name(), estimate, own, z, p, "", "");
            }
        }
        target.table(table, "  ");
        notes.write(target);
    }
}
