package io.engraft.regression.internal;

import io.engraft.FitStatus;
import java.util.ArrayList;
import java.util.List;

/** What the end of a search means, in a word and in words. */
public record FitEnd(FitStatus status, String reason) {

    public static FitEnd of(Likelihood likelihood, Newton.End end, boolean definite) {
        double[] eta = new double[likelihood.designs.length];
        for (int k = 0; k < eta.length; k++) {
            eta[k] = end.theta()[likelihood.offset[k]];
        }
        String edge = likelihood.kernel.edge(eta);
        if (edge != null) {
            return new FitEnd(FitStatus.BOUNDARY, edge);
        }
        if (end.runaway() >= 0) {
            return new FitEnd(
                    FitStatus.BOUNDARY,
                    "the likelihood keeps rising as " + likelihood.name(end.runaway()) + " runs away");
        }
        if (!end.converged()) {
            return new FitEnd(
                    FitStatus.FAILED,
                    Double.isFinite(end.point().value())
                            ? "no maximum was found in " + end.iterations() + " iterations"
                            : "the likelihood is not finite at the starting values");
        }
        if (!definite) {
            return new FitEnd(FitStatus.BOUNDARY, "the likelihood is flat at its maximum");
        }
        List<String> out = new ArrayList<>();
        for (Design design : likelihood.designs) {
            out.addAll(design.leftOut());
        }
        return out.isEmpty()
                ? new FitEnd(FitStatus.CONVERGED, "")
                : new FitEnd(
                        FitStatus.RANK_DEFICIENT,
                        "left out as constant or a combination of the covariates before: " + String.join(", ", out));
    }
}
