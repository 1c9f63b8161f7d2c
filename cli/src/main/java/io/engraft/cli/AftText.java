package io.engraft.cli;

import static io.engraft.cli.TextTable.plain;
import static io.engraft.cli.TextTable.short4;

import io.engraft.FitStatus;
import io.engraft.curve.PointEstimate;
import io.engraft.regression.AftFit;
import io.engraft.regression.Coefficient;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** A fitted accelerated failure time model, for a person. */
final class AftText {

    private final AftResult result;
    private final AftFit fit;
    private final Map<String, String> conventions;

    AftText(AftResult result) {
        this.result = result;
        this.fit = result.fit();
        this.conventions = result.provenance().conventions();
    }

    void writeTo(Appendable target) throws IOException {
        writeHead(target);
        target.append('\n');
        writeFit(target);
        target.append('\n');
        writeCoefficients(target);
        for (int i = 0; i < result.predictions().size(); i++) {
            target.append('\n');
            writePrediction(i, target);
        }
        CurveText.foot(result.provenance(), result.columns(), target);
    }

    private void writeHead(Appendable target) throws IOException {
        target.append("Accelerated failure time model, ")
                .append(fit.distribution().label())
                .append('\n');
        Provenance provenance = result.provenance();
        TextTable table = new TextTable(2, "data", provenance.source() + ": " + CurveText.counts(provenance));
        table.row("columns", CurveText.columnWords(result.rows(), result.columns()));
        table.row("events", conventions.getOrDefault("events", ""));
        table.row("model", conventions.getOrDefault("form", ""));
        if (conventions.containsKey("contrasts")) {
            table.row("contrasts", conventions.getOrDefault("contrasts", ""));
        }
        if (conventions.containsKey("strata")) {
            table.row("strata", conventions.getOrDefault("strata", ""));
        }
        table.row(
                "intervals",
                CurveText.percentLevel(conventions) + ", " + conventions.get("interval") + "; variance: "
                        + conventions.get("variance"));
        table.row("rules", "conventions: " + conventions.get("profile"));
        table.write(target, "");
    }

    private void writeFit(Appendable target) throws IOException {
        target.append("n ").append(String.valueOf(fit.n())).append(", events ").append(plain(fit.events()));
        target.append(
                switch (fit.status()) {
                    case CONVERGED -> "; converged in " + fit.iterations() + " iterations\n";
                    case RANK_DEFICIENT -> "; converged without some covariates: " + fit.statusReason() + "\n";
                    case BOUNDARY, MONOTONE_LIKELIHOOD -> "; at the edge of the model: " + fit.statusReason() + "\n";
                    case FAILED, NOT_IDENTIFIED, CONTRADICTORY -> "; no fit: " + fit.statusReason() + "\n";
                });
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
                target.append(" (")
                        .append(TextTable.shortLimits(value.interval()))
                        .append(')');
            } else if (fit.status() == FitStatus.CONVERGED) {
                target.append(", fixed");
            }
            target.append('\n');
        }
    }

    private void writeCoefficients(Appendable target) throws IOException {
        boolean ratios = fit.coefficients().stream().anyMatch(result::hasTimeRatio);
        String error = result.isRobust() ? "robust error" : "std error";
        if (ratios) {
            target.append("Coefficients of log time; the time ratio is exp(coefficient)\n");
        }
        TextTable table = ratios
                ? new TextTable(1, "coefficient", "estimate", error, "z", "p", "time ratio", "limits of the ratio")
                : new TextTable(1, "coefficient", "estimate", error, "z", "p", "limits");
        for (Coefficient c : fit.coefficients()) {
            String estimate = short4(c.value().optional());
            String own = short4(c.value().standardError());
            String z = number(c.z(), "%.3f");
            String p = c.pValue().isPresent() ? TestOutput.pValue(c.pValue().getAsDouble()) : TextTable.NONE;
            if (!ratios) {
                table.row(
                        c.name(),
                        estimate,
                        own,
                        z,
                        p,
                        TextTable.shortLimits(c.value().interval()));
            } else if (result.hasTimeRatio(c)) {
                PointEstimate ratio = AftResult.ratio(c);
                String limits = TextTable.shortLimits(ratio.interval());
                table.row(c.name(), estimate, own, z, p, short4(ratio.optional()), limits);
            } else {
                table.row(c.name(), estimate, own, z, p, "", "");
            }
        }
        table.write(target, "  ");
    }

    private static String number(OptionalDouble value, String format) {
        return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : TextTable.NONE;
    }

    private void writePrediction(int row, Appendable target) throws IOException {
        AftResult.Prediction p = result.predictions().get(row);
        String words = p.patient().words();
        target.append(words.isEmpty() ? "Predicted" : "Predicted for row " + (row + 1) + ": " + words)
                .append('\n');
        CurveText.Notes notes = new CurveText.Notes();
        if (!p.survival().isEmpty()) {
            TextTable table = new TextTable(0, "time", "survival", "std error", "limits");
            for (AftResult.At s : p.survival()) {
                row(table, plain(s.at()), s.value());
                notes.add(s.at(), s.value());
            }
            table.write(target, "  ");
            notes.write(target);
        }
        TextTable times = new TextTable(0, "share with event", "by time", "std error", "limits");
        for (AftResult.At q : p.quantiles()) {
            row(times, TextTable.percent(q.at()), q.value());
        }
        times.write(target, "  ");
    }

    private static void row(TextTable table, String at, PointEstimate value) {
        table.row(at, short4(value.optional()), short4(value.standardError()), TextTable.shortLimits(value.interval()));
    }
}
