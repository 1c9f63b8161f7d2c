package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FitStatus;
import io.engraft.data.Categories;
import io.engraft.data.MultiStateData;
import io.engraft.data.SurvivalData;
import io.engraft.data.Transition;
import io.engraft.multistate.fit.MultiStateFit;
import io.engraft.multistate.fit.ParametricMultiState;
import java.util.Arrays;
import java.util.Collections;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Weibull laws of late entry whose best shape lies near 0. The values come from the hazard exp(beta) t^(k-1) alone, in R: beta
 * is log(sum(s) / sum((t^k - e^k) / k)), and k the root of the profile's derivative, found by uniroot to 1e-15.
 */
class FlatShapeTest {

    private static final double[] ENTRY = {
        3.4, 12.6, 9.5, 1.7, 1, 1.2, 14.6, 15.9, 3.1, 3.6, 5.4, 4, 12.8, 2.2, 1.9, 10.5, 9, 1.5, 6.4, 15.5, 5.4, 5.6, 8,
        1, 1.9, 13.1, 18.3, 15, 10.5, 1.3
    };
    private static final double[] TIME = {
        4, 120, 12.4, 8.7, 2.1, 5, 44.2, 17.3, 120, 4.9, 15.2, 8.9, 120, 19.9, 4.9, 34.1, 120, 2.2, 12.8, 55.6, 76.9,
        29.3, 9, 12.4, 16.4, 26.9, 27.9, 120, 65.5, 3.4
    };
    private static final int[] STATUS = {
        1, 0, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1
    };
    private static final double SHAPE = 0.0178068246730324;
    private static final double BETA = -0.600900371691344;
    private static final double LOG_LIKELIHOOD = -94.2176109017929;

    private static final double[] ENTRY_2 = {
        6.1, 4.9, 5.1, 4.6, 14.9, 2.2, 1.5, 1.1, 1.3, 1.5, 7.5, 1.4, 8.8, 8.3, 2.9, 17.2, 12.2, 1.5, 13.7, 7.5, 1.4,
        3.4, 7.3, 1.1, 2, 11, 1.6, 7.3, 10.5, 7.1
    };
    private static final double[] TIME_2 = {
        6.7, 19.6, 8.5, 4.8, 29.7, 2.4, 2.6, 9.4, 35, 14.3, 11.3, 1.7, 20.8, 8.8, 5.4, 40.5, 45.6, 2.2, 14.4, 26, 1.9,
        3.7, 40.2, 2.1, 5.9, 11.5, 2.7, 13.1, 120, 7.4
    };
    private static final int[] STATUS_2 = {
        1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1, 0, 0, 0
    };

    private static SurvivalData late() {
        return SurvivalData.builder(TIME, STATUS).entry(ENTRY).build();
    }

    @Test
    void aShapeNearZeroIsFound() {
        ParametricFit fit = ParametricModel.of(ParametricFamily.WEIBULL).fit(late());
        assertThat(fit.status()).as(fit.statusReason()).isEqualTo(FitStatus.CONVERGED);
        assertThat(fit.logLikelihood()).isCloseTo(LOG_LIKELIHOOD, within(1e-9));
        double shape = Math.exp(fit.coefficient("shape").value().estimate());
        double mu = fit.coefficient("scale").value().estimate();
        assertThat(shape).isCloseTo(SHAPE, within(1e-7));
        assertThat(Math.log(shape) - shape * mu).isCloseTo(BETA, within(1e-7));
        assertThat(fit.coefficient("shape").stdError()).isPresent();
    }

    @Test
    void soIsOneNearerYet() {
        SurvivalData data =
                SurvivalData.builder(TIME_2, STATUS_2).entry(ENTRY_2).build();
        ParametricFit fit = ParametricModel.of(ParametricFamily.WEIBULL).fit(data);
        assertThat(fit.status()).as(fit.statusReason()).isEqualTo(FitStatus.CONVERGED);
        assertThat(fit.logLikelihood()).isCloseTo(-74.9033288188709, within(1e-9));
        assertThat(Math.exp(fit.coefficient("shape").value().estimate())).isCloseTo(0.00601699735595029, within(1e-6));
    }

    @Test
    void theLocationScaleFormFindsIt() {
        AftFit fit = AftModel.of(AftDistribution.WEIBULL).fit(late());
        assertThat(fit.status()).as(fit.statusReason()).isEqualTo(FitStatus.CONVERGED);
        assertThat(fit.logLikelihood()).isCloseTo(LOG_LIKELIHOOD, within(1e-9));
        assertThat(Objects.requireNonNull(fit.scales().get("all")).estimate()).isCloseTo(1 / SHAPE, within(1e-3));
    }

    @Test
    void covariatesGoAlong() {
        double[] x = IntStream.range(0, TIME.length).mapToDouble(i -> i % 2).toArray();
        SurvivalData data = SurvivalData.builder(TIME, STATUS)
                .entry(ENTRY)
                .covariate("x", x)
                .build();
        ParametricFit fit =
                ParametricModel.of(ParametricFamily.WEIBULL).withCovariates("x").fit(data);
        // A covariate cannot make the best worse.
        assertThat(fit.logLikelihood()).isGreaterThanOrEqualTo(LOG_LIKELIHOOD - 1e-9);
        assertThat(fit.nullLogLikelihood()).isCloseTo(LOG_LIKELIHOOD, within(1e-9));
    }

    /** The hazard falls faster than 1 / t, so that the likelihood rises to the end of the family. */
    @Test
    void anEdgeStaysOneAndBlocksNoOtherTransition() {
        double[] entry = {1, 1, 2, 2, 3, 3, 5, 5, 8, 8, 10, 10};
        double[] time = {1.1, 1.2, 2.1, 2.2, 3.3, 100, 5.5, 100, 8.9, 100, 100, 100};
        String[] to = {"dead", "dead", "dead", "dead", "dead", "-", "dead", "-", "dead", "-", "-", "-"};
        int n = entry.length + TIME.length;
        double[] allEntry = Arrays.copyOf(ENTRY, n);
        double[] allTime = Arrays.copyOf(TIME, n);
        System.arraycopy(entry, 0, allEntry, TIME.length, entry.length);
        System.arraycopy(time, 0, allTime, TIME.length, entry.length);
        String[] from = new String[n];
        String[] into = new String[n];
        for (int i = 0; i < n; i++) {
            boolean ill = i < TIME.length;
            from[i] = ill ? "ill" : "well";
            into[i] = ill ? STATUS[i] == 1 ? "dead" : "-" : to[i - TIME.length];
        }
        MultiStateData data = MultiStateData.builder(
                        allTime, Categories.of(Arrays.asList(from)), Categories.of(Arrays.asList(into)))
                .entry(allEntry)
                .censored("-")
                .build();
        MultiStateFit fit = ParametricMultiState.withDefaults().fit(data);
        assertThat(fit.transition("well", "dead").parametricFit().status()).isEqualTo(FitStatus.BOUNDARY);
        assertThat(fit.transition("ill", "dead").parametricFit().status()).isEqualTo(FitStatus.CONVERGED);
        assertThat(fit.transition("ill", "dead").parametricFit().logLikelihood())
                .isCloseTo(LOG_LIKELIHOOD, within(1e-9));
        assertThat(fit.problems())
                .singleElement()
                .asString()
                .contains("transition well -> dead (weibull) ended BOUNDARY", "allowed: another family for it");
        MultiStateFit mended = ParametricMultiState.withDefaults()
                .withFamily(new Transition("well", "dead"), ParametricFamily.EXPONENTIAL)
                .fit(data);
        assertThat(mended.problems()).isEqualTo(Collections.emptyList());
    }
}
