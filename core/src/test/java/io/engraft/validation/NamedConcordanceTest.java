package io.engraft.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.data.SurvivalData;
import io.engraft.regression.CovariateProfile;
import io.engraft.regression.CoxTies;
import io.engraft.regression.FineGrayFit;
import io.engraft.regression.FineGrayModel;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The museum of weights by censoring. Names as in named-cases.md; the others of concordance are in ConcordanceTest. */
class NamedConcordanceTest {

    private static final Concordance UNO = Concordance.withDefaults().withWeighting(PairWeighting.UNO);

    /**
     * Censored at 1, 2 and 4, events at 2 and 3. G(2-) is 4/5, and with the event at 2 before the censoring G(3-) is
     * 4/5 * 2/3 = 8/15. The event at 2 is ahead of three by its score, the one at 3 behind its one: 3 * 25/16 concordant
     * and 225/64 discordant, so C is 300 / (300 + 225) = 4/7, as survival says; by G(t) in place of G(t-) it would be 3/4.
     */
    @Test
    void ipcw_leftLimit() {
        SurvivalData data = SurvivalData.of(new double[] {1, 2, 2, 3, 4}, new int[] {0, 1, 0, 1, 0});
        ConcordanceResult result = UNO.fit(data, new double[] {0, 5, 4, 1, 2});
        assertThat(result.concordant()).isCloseTo(75 / 16.0, within(1e-14));
        assertThat(result.discordant()).isCloseTo(225 / 64.0, within(1e-14));
        assertThat(result.concordance().estimate()).isCloseTo(4 / 7.0, within(1e-15));
        // Fine and Gray's: the first row stays at risk with the weight G(3-) / G(1-), of one censored out of three.
        SurvivalData competing = SurvivalData.of(new double[] {1, 2, 3, 3}, new int[] {2, 0, 1, 0});
        FineGrayFit fit = FineGrayModel.withDefaults()
                .withCause(1)
                .withTies(CoxTies.BRESLOW)
                .fit(competing);
        double hazard = 1 / (2 + 2 / 3.0);
        assertThat(fit.predict(CovariateProfile.empty()).incidenceAt(3).estimate())
                .isCloseTo(-Math.expm1(-hazard), within(1e-15));
    }

    /**
     * At the last time all who are left are censored or have the event, so that G is 0 from it on: it is not asked for
     * there. Where all who are at risk early have the event, nothing is known of later pairs, which is said.
     */
    @Test
    void ipcw_zeroCensoringSurvival() {
        SurvivalData last = SurvivalData.of(new double[] {1, 2, 2}, new int[] {0, 1, 0});
        ConcordanceResult result = UNO.fit(last, new double[] {0, 5, 4});
        assertThat(result.concordant()).isCloseTo(9 / 4.0, within(1e-15));
        assertThat(result.concordance().estimate()).isEqualTo(1);
        assertThat(result.warnings()).isEmpty();
        double[] later = {1, 2, 5, 6, 7};
        SurvivalData empty = SurvivalData.builder(later, new int[] {1, 1, 1, 1, 0})
                .entry(new double[] {0, 0, 3, 3, 3})
                .build();
        ConcordanceResult early = UNO.fit(empty, new double[] {2, 1, 1, 2, 3});
        assertThat(early.concordant()).isPositive();
        assertThat(early.discordant()).isZero();
        assertThat(early.warnings())
                .singleElement()
                .asString()
                .startsWith("the product limit is 0 before the last events")
                .endsWith("Pairs of later events count for nothing");
        assertThat(IntStream.range(0, 5).mapToDouble(i -> early.influence()[i])).allMatch(Double::isFinite);
    }
}
