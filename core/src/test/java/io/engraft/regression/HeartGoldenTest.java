package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.curve.PointEstimate;
import io.engraft.data.Categories;
import io.engraft.data.Grouped;
import io.engraft.data.SurvivalData;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import io.engraft.inference.LogRankTest;
import io.engraft.testing.GoldenFile;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Heart transplants at Stanford, N13 to N17 of the reference numbers: what a transplant does seems to be -1.32 where those who
 * lived long enough to have one are held against the others, and is 0.13 where each counts as transplanted from the transplant
 * on.
 */
class HeartGoldenTest {

    private static final CoxModel TRANSPLANT = CoxModel.withDefaults().withCovariates("x4");

    private static void is(CoxFit fit, String name, double expected) {
        assertThat(fit.coefficient(name).value().estimate()).isCloseTo(expected, within(1e-9));
    }

    @Test
    void n13_allCovariates() {
        CoxFit fit =
                CoxModel.withDefaults().withCovariates("x1", "x2", "x3", "x4").fit(NamedCoxRows.of("heart"));
        NamedCoxRows.check(fit, "N13", 1e-10, 1e-10);
        is(fit, "x1", 0.02716664096);
        is(fit, "x2", -0.14634634567);
        is(fit, "x3", -0.63720988997);
        is(fit, "x4", -0.01025077241);
        assertThat(fit.logLikelihood()).isCloseTo(-290.5656162, within(1e-7));
    }

    @Test
    void n14_everTransplantedAsIfKnownFromTheStart() {
        CoxFit fit = TRANSPLANT.fit(NamedCoxRows.of("jasa"));
        NamedCoxRows.check(fit, "N14", 1e-10, 1e-10);
        is(fit, "x4", -1.323444848);
    }

    /** Mantel and Byar's test is the log-rank test of states that change, the score test of the Cox model. */
    @Test
    void n15_transplantedWhenItHappens() {
        SurvivalData data = NamedCoxRows.of("heart");
        CoxFit fit = TRANSPLANT.fit(data);
        NamedCoxRows.check(fit, "N15", 1e-10, 1e-10);
        is(fit, "x4", 0.1271411266);
        assertThat(fit.coefficient("x4").stdError().orElseThrow()).isCloseTo(0.3011411043, within(1e-9));
        double score = NamedCoxRows.score("N15");
        assertThat(fit.score().statistic()).isCloseTo(score, within(1e-10 * score));
        assertThat(score).isCloseTo(0.1783178208, within(1e-10));
        // Its hypergeometric variance at tied times is that of the exact likelihood.
        double logRank = LogRankTest.withDefaults().test(byTransplant(data)).statistic();
        double exact = TRANSPLANT.withTies(CoxTies.EXACT).fit(data).score().statistic();
        assertThat(logRank).isCloseTo(exact, within(1e-12));
    }

    @Test
    void n16_fromDay30On() {
        SurvivalData data = NamedCoxRows.of("landmark");
        assertThat(data.size()).isEqualTo(78);
        CoxFit fit = TRANSPLANT.fit(data);
        NamedCoxRows.check(fit, "N16", 1e-10, 1e-10);
        is(fit, "x4", -0.08878108758);
        assertThat(fit.coefficient("x4").stdError().orElseThrow()).isCloseTo(0.28153287594, within(1e-9));
    }

    private static SurvivalData byTransplant(SurvivalData data) {
        return data.withGroup(Categories.of(Arrays.stream(data.numericCovariate("x4"))
                .mapToObj(x -> x > 0 ? "transplant" : "none")
                .toList()));
    }

    /** Simon and Makuch's curves: each patient counts in the curve of the state that he is in. */
    @Test
    void n17_curvesOfStatesThatChange() {
        GoldenFile golden = GoldenFile.read("/golden/cox/named_curves.csv");
        Grouped<SurvivalEstimate> curves = KaplanMeier.withDefaults().fit(byTransplant(NamedCoxRows.of("heart")));
        for (int i = 0; i < golden.size(); i++) {
            SurvivalEstimate curve = curves.get(golden.number(i, "group") > 0 ? "transplant" : "none");
            PointEstimate s = curve.survivalAt(golden.number(i, "time"));
            double expected = golden.number(i, "survival");
            double error = golden.number(i, "std_err");
            assertThat(s.estimate()).isCloseTo(expected, within(1e-10 * expected));
            assertThat(s.standardError().orElseThrow()).isCloseTo(error, within(1e-10 * error));
        }
        assertThat(curves.get("none").survivalAt(90).estimate()).isCloseTo(0.5627140110, within(1e-10));
        assertThat(curves.get("none").survivalAt(365).estimate()).isCloseTo(0.2363398846, within(1e-10));
        assertThat(curves.get("transplant").survivalAt(90).estimate()).isCloseTo(0.4921766432, within(1e-10));
        assertThat(curves.get("transplant").survivalAt(365).estimate()).isCloseTo(0.3210952192, within(1e-10));
    }
}
