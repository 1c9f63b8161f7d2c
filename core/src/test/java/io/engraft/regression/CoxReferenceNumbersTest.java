package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FitStatus;
import io.engraft.InvalidArgumentException;
import io.engraft.NotEstimableException;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.testing.GoldenFile;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Published and computed reference values for Cox models, by their numbers. */
class CoxReferenceNumbersTest {

    private static void values(CoxFit fit, double... expected) {
        for (int j = 0; j < expected.length; j++) {
            assertThat(fit.coefficients().get(j).value().estimate())
                    .isCloseTo(expected[j], within(1e-9 * Math.max(1, Math.abs(expected[j]))));
        }
    }

    private static CoxFit lungFit() {
        GoldenFile f = GoldenFile.read("/golden/cox/lung_n01.csv");
        return CoxModel.withDefaults()
                .withCovariates("age", "sex", "ecog")
                .fit(SurvivalData.builder(f.numbers("time"), f.integers("status"))
                        .covariate("age", f.numbers("age"))
                        .covariate("sex", f.numbers("sex"))
                        .covariate("ecog", f.numbers("ecog"))
                        .build());
    }

    private static CovariateProfile patient(double age, double sex, double ecog) {
        return CovariateProfile.empty().with("age", age).with("sex", sex).with("ecog", ecog);
    }

    /** N01 to N04: lung, age, sex and ECOG. */
    @Test
    void lung() {
        CoxFit fit = lungFit();
        values(fit, 0.0110667646, -0.5526123955, 0.4637284751);
        double[] errors = {0.009267411014, 0.167739053783, 0.113577266161};
        for (int j = 0; j < 3; j++) {
            assertThat(fit.coefficients().get(j).stdError().getAsDouble()).isCloseTo(errors[j], within(1e-11));
        }
        assertThat(fit.nullLogLikelihood()).isCloseTo(-744.4804558, within(1e-7));
        assertThat(fit.logLikelihood()).isCloseTo(-729.2301214, within(1e-7));
        assertThat(fit.score().statistic()).isCloseTo(30.4999227, within(1e-7));
        ProportionalHazardsResult zph = ProportionalHazardsTest.withDefaults().test(fit);
        assertThat(zph.terms())
                .extracting(t -> t.test().statistic())
                .satisfiesExactly(
                        a -> assertThat(a).isCloseTo(0.1879876736, within(1e-8)),
                        a -> assertThat(a).isCloseTo(2.3054372268, within(1e-8)),
                        a -> assertThat(a).isCloseTo(2.0542487739, within(1e-8)));
        assertThat(zph.global().statistic()).isCloseTo(4.4636575882, within(1e-8));
        PredictedSurvival curve = fit.predict(patient(60, 1, 1));
        PointEstimate year = curve.survivalAt(365);
        assertThat(year.estimate()).isCloseTo(0.3358633696, within(1e-10));
        assertThat(year.standardError().getAsDouble()).isCloseTo(0.04337186663, within(1e-11));
        PointEstimate two = curve.survivalAt(730);
        assertThat(two.estimate()).isCloseTo(0.06735772418, within(1e-11));
        assertThat(two.standardError().getAsDouble()).isCloseTo(0.02392414454, within(1e-11));
    }

    /** N05: the error of a predicted risk by the delta method, where R multiplies by the root of the risk. */
    @Test
    void errorOfARelativeRisk() {
        CoxFit fit = lungFit();
        CovariateProfile zero = patient(0, 0, 0);
        Coefficient log = fit.contrast(patient(60, 1, 1), zero);
        double risk = Math.exp(log.value().estimate());
        double error = log.value().standardError().getAsDouble();
        assertThat(risk * error).isCloseTo(1.016384872744, within(1e-11));
        assertThat(Math.sqrt(risk) * error).isCloseTo(0.7623809693, within(1e-9));
    }

    /** N08: karno within strata of treatment. */
    @Test
    void veteranStratified() {
        CoxFit fit = CoxModel.withDefaults().withCovariates("a").fit(CoxCases.data("veteran", "strata"));
        values(fit, -0.033794863379);
        assertThat(fit.coefficients().get(0).stdError().getAsDouble()).isCloseTo(0.005275357287, within(1e-12));
    }

    /** N09 to N11: bladder, first recurrences, by each method for ties. */
    @Test
    void bladderByEachMethodForTies() {
        GoldenFile f = CoxCases.file("bladder");
        int[] first =
                IntStream.range(0, f.size()).filter(i -> f.number(i, "s") == 1).toArray();
        SurvivalData data = SurvivalData.builder(
                        IntStream.of(first)
                                .mapToDouble(i -> f.number(i, "time"))
                                .toArray(),
                        IntStream.of(first)
                                .map(i -> (int) f.number(i, "status"))
                                .toArray())
                .covariate(
                        "rx",
                        IntStream.of(first).mapToDouble(i -> f.number(i, "a")).toArray())
                .covariate(
                        "size",
                        IntStream.of(first).mapToDouble(i -> f.number(i, "b")).toArray())
                .covariate(
                        "number",
                        IntStream.of(first).mapToDouble(i -> f.number(i, "c")).toArray())
                .build();
        CoxModel model = CoxModel.withDefaults().withCovariates("rx", "size", "number");
        CoxFit efron = model.fit(data);
        values(efron, -0.52598435748, 0.06961334483, 0.23817960890);
        assertThat(efron.logLikelihood()).isCloseTo(-180.1782562, within(1e-7));
        CoxFit breslow = model.withTies(CoxTies.BRESLOW).fit(data);
        values(breslow, -0.51762090425, 0.06788818198, 0.23599474809);
        assertThat(breslow.logLikelihood()).isCloseTo(-181.4092915, within(1e-7));
        CoxFit exact = model.withTies(CoxTies.EXACT).fit(data);
        values(exact, -0.53801728810, 0.07115673972, 0.25225951920);
        assertThat(exact.logLikelihood()).isCloseTo(-148.1819949, within(1e-7));
    }

    /** N12: bladder, all recurrences in strata, errors by patient. */
    @Test
    void bladderByPatient() {
        CoxFit fit = CoxCases.model("bladder", "clusterstrata").fit(CoxCases.data("bladder", "clusterstrata"));
        values(fit, -0.58479345874, -0.05161698323, 0.21029370530);
        double[] robust = {0.30794625817, 0.09458664391, 0.06664168679};
        for (int j = 0; j < 3; j++) {
            assertThat(fit.coefficients().get(j).robustStdError().getAsDouble()).isCloseTo(robust[j], within(1e-10));
        }
    }

    /** N21: two patients, one covariate: Firth's estimate is log 3. */
    @Test
    void twoPatients() {
        SurvivalData data = SurvivalData.builder(new double[] {1, 2}, new int[] {1, 1})
                .covariate("x", new double[] {1, 0})
                .build();
        CoxModel model = CoxModel.withDefaults().withCovariates("x");
        assertThat(model.fit(data).status()).isEqualTo(FitStatus.MONOTONE_LIKELIHOOD);
        CoxFit fit = model.withFirth().fit(data);
        assertThat(fit.status()).isEqualTo(FitStatus.CONVERGED);
        values(fit, Math.log(3));
        assertThat(fit.conventions().get("penalty")).startsWith("Firth");
        assertThat(fit.aic()).isNaN();
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        SurvivalData data = CoxCases.data("days", "cluster");
        CoxModel model = CoxModel.withDefaults().withCovariates("x1");
        for (CoxModel each : List.of(model.withFirth(), model.withProfileLimits(), model.withTies(CoxTies.EXACT))) {
            assertThatThrownBy(() -> each.fit(data))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("with a robust variance");
        }
        assertThatThrownBy(() -> model.withTies(CoxTies.EXACT).withFirth().fit(CoxCases.data("days", "plain")))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("exact ties with Firth's penalty");
        assertThatThrownBy(() -> model.withTies(CoxTies.EXACT).fit(CoxCases.data("days", "sampling")))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("exact ties with sampling weights");
        CoxFit exact = model.withTies(CoxTies.EXACT).fit(CoxCases.data("days", "plain"));
        assertThatThrownBy(exact::baseline)
                .isInstanceOf(NotEstimableException.class)
                .hasMessageContaining("no baseline hazard");
        assertThatThrownBy(() -> ProportionalHazardsTest.withDefaults().test(exact))
                .isInstanceOf(NotEstimableException.class)
                .hasMessageContaining("exact ties");
        double[] all = new double[3000];
        int[] one = new int[3000];
        for (int i = 0; i < 3000; i++) {
            all[i] = i < 1500 ? 1 : 2;
            one[i] = 1;
        }
        SurvivalData large = SurvivalData.builder(all, one)
                .covariate("x", IntStream.range(0, 3000).mapToDouble(i -> i % 7).toArray())
                .covariate("y", IntStream.range(0, 3000).mapToDouble(i -> i % 5).toArray())
                .covariate(
                        "g",
                        Categories.of(IntStream.range(0, 3000)
                                .mapToObj(i -> "g" + i % 40)
                                .toList()))
                .build();
        assertThatThrownBy(() -> CoxModel.withDefaults()
                        .withCovariates("x", "y", "g")
                        .withTies(CoxTies.EXACT)
                        .fit(large))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("work of exact ties");
    }
}
