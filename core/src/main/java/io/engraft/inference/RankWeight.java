package io.engraft.inference;

import io.engraft.internal.Require;

/**
 * The weight w(t) that a rank test gives to an event time t, from the pooled sample of its stratum: n(t) at risk, d(t)
 * events, S the pooled Kaplan-Meier curve and S~(t) = product over s &lt;= t of (1 - d(s) / (n(s) + 1)).
 */
public sealed interface RankWeight {

    /** w = 1: the log-rank test (Mantel 1966), best against proportional hazards. */
    RankWeight LOG_RANK = new Named("logrank", Rule.ONE);

    /** w = n(t): Gehan's generalised Wilcoxon test (Gehan 1965; Breslow 1970 for more than two samples). */
    RankWeight GEHAN = new Named("gehan", Rule.AT_RISK);

    /** w = sqrt(n(t)): the test of Tarone and Ware (1977). */
    RankWeight TARONE_WARE = new Named("tarone-ware", Rule.ROOT_AT_RISK);

    /** w = S~(t): the generalised Wilcoxon test of Peto and Peto (1972). */
    RankWeight PETO_PETO = new Named("peto", Rule.PETO);

    /** w = S~(t) n(t) / (n(t) + 1): Peto and Peto's test as modified by Andersen (1982). */
    RankWeight PETO_PETO_MODIFIED = new Named("peto-modified", Rule.PETO_MODIFIED);

    /**
     * w = S(t-)^rho (1 - S(t-))^gamma: the family of Fleming and Harrington. (0, 0) is the log-rank test; (1, 0) is what
     * R's survdiff calls the Peto and Peto modification of Gehan-Wilcoxon.
     *
     * @param rho weight on early differences, finite and &gt;= 0
     * @param gamma weight on late differences, finite and &gt;= 0
     * @return the weight
     */
    static RankWeight flemingHarrington(double rho, double gamma) {
        return new FlemingHarrington(rho, gamma);
    }

    /**
     * The name on the command line and in results.
     *
     * @return for example "logrank"
     */
    String label();

    /**
     * The weight of one event time.
     *
     * @param atRisk n(t), pooled over the groups of the stratum
     * @param survivalBefore S(t-)
     * @param petoSurvival S~(t)
     * @return w(t) &gt;= 0
     */
    double at(double atRisk, double survivalBefore, double petoSurvival);

    /** The rules that have no parameters. */
    enum Rule {
        /** 1. */
        ONE,
        /** n. */
        AT_RISK,
        /** The root of n. */
        ROOT_AT_RISK,
        /** S~. */
        PETO,
        /** S~ n / (n + 1). */
        PETO_MODIFIED
    }

    /**
     * A weight without parameters.
     *
     * @param label the name
     * @param rule how it is computed
     */
    record Named(String label, Rule rule) implements RankWeight {
        @Override
        public double at(double atRisk, double survivalBefore, double petoSurvival) {
            return switch (rule) {
                case ONE -> 1;
                case AT_RISK -> atRisk;
                case ROOT_AT_RISK -> Math.sqrt(atRisk);
                case PETO -> petoSurvival;
                case PETO_MODIFIED -> petoSurvival * atRisk / (atRisk + 1);
            };
        }
    }

    /**
     * A weight of Fleming and Harrington's family.
     *
     * @param rho weight on early differences
     * @param gamma weight on late differences
     */
    record FlemingHarrington(double rho, double gamma) implements RankWeight {

        /**
         * A weight with its exponents.
         *
         * @param rho weight on early differences, finite and &gt;= 0
         * @param gamma weight on late differences, finite and &gt;= 0
         */
        public FlemingHarrington {
            Require.nonNegative("rho", rho);
            Require.nonNegative("gamma", gamma);
        }

        @Override
        public String label() {
            return "fleming-harrington(" + rho + ", " + gamma + ")";
        }

        @Override
        public double at(double atRisk, double survivalBefore, double petoSurvival) {
            // Math.pow(0, 0) is 1, as it must be where S is 1 and gamma is 0.
            return Math.pow(survivalBefore, rho) * Math.pow(1 - survivalBefore, gamma);
        }
    }
}
