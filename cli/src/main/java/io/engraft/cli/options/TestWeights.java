package io.engraft.cli.options;

import io.engraft.curve.Profile;
import io.engraft.inference.RankWeight;
import io.engraft.report.tests.TestMethod;

/** What the tests by ranks weight by, under the names of the command line. */
public final class TestWeights {

    private TestWeights() {}

    /** The weight of a rank test; {@code rho} and {@code gamma} are those of Fleming and Harrington's alone. */
    public static RankWeight of(TestMethod method, double rho, double gamma, Profile profile) {
        return switch (method) {
            case GEHAN -> RankWeight.GEHAN;
            case TARONE_WARE -> RankWeight.TARONE_WARE;
            // What R's survdiff(rho = 1) calls the test of Peto and Peto.
            case PETO -> profile == Profile.R ? RankWeight.flemingHarrington(1, 0) : RankWeight.PETO_PETO;
            case PETO_MODIFIED -> RankWeight.PETO_PETO_MODIFIED;
            case FLEMING_HARRINGTON -> RankWeight.flemingHarrington(rho, gamma);
            default -> RankWeight.LOG_RANK;
        };
    }
}
