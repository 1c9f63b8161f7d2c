package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.cli.Run.Json;
import io.engraft.data.io.CsvData;
import io.engraft.regression.Coefficient;
import io.engraft.regression.CovariateProfile;
import io.engraft.regression.ParametricFamily;
import io.engraft.regression.ParametricFit;
import io.engraft.regression.ParametricModel;
import io.engraft.regression.Terms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The command of parametric laws. Intervals are compared with R, survival 3.5-3, where a left end of 0 is NA:
 *
 * <pre>
 *   survreg(Surv(l, r, type = "interval2") ~ x, d, weights = w, dist = .., control = survreg.control(rel.tolerance = 1e-13))
 * </pre>
 */
class FitTest {

    private static final String VISITS =
            "l,r,x,w\n0,5,0,1\n2,8,1,1\n11,,0,2\n14,14,1,1\n20,26,0,1\n26,,1,3\n3,31,1,1\n40,,0,1\n7,9,1,1\n1,3,0,2\n";
    private static final String ROWS = " --time months --status status";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private String visits = "";

    @BeforeEach
    void write() {
        visits = Run.write(folder, "visits.csv", VISITS).toString();
    }

    private static Run run(String line) {
        return Run.of(line.split(" "));
    }

    private static Json json(String line) {
        Run run = run(line + " --format json");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(Schemas.problems(run.out())).isEmpty();
        return run.json();
    }

    private static void refused(String line, int status, String... words) {
        Run run = run(line);
        assertThat(run.status()).as(run.out() + run.err()).isEqualTo(status);
        assertThat(run.err()).contains(words);
        assertThat(run.out()).isEmpty();
    }

    /** survreg's scale is 1 / shape and its coefficients are those of log scale; the exponential's rate is exp(-mu). */
    @ParameterizedTest
    @CsvSource({
        "weibull, 0, -0.22887113136864, 0.331287319571634",
        "weibull, 1, 3.16038064610192, 0.634097477645052",
        "weibull, 2, 0.34223142849227, 0.898636829210905",
        "lognormal, 0, 2.404491432358995, 0.659991120764563",
        "lognormal, 1, 0.737644370019158, 0.920102928239367",
        "lognormal, 2, 0.439648752685202, 0.304730580467641",
        "loglogistic, 0, 0.0368303979367891, 0.323846416146215",
        "loglogistic, 1, 2.4109381064857063, 0.726940101029838",
        "loglogistic, 2, 0.6595301670960177, 0.972509458998084",
        "exponential, 0, -3.127288557799246, 0.500690141551460",
        "exponential, 1, -0.271717555937346, 0.710895989923299"
    })
    void readsIntervalsAsSurvregDoes(String family, int place, double estimate, double error) {
        Json fit = json("fit " + visits
                + " --left l --right r --covariates x --weight w --weight-type frequency --family " + family);
        assertThat(fit.number("parameters/" + place + "/estimate")).isCloseTo(estimate, within(1e-8));
        assertThat(fit.number("parameters/" + place + "/stdError")).isCloseTo(error, within(1e-8));
    }

    @ParameterizedTest
    @CsvSource({
        "weibull, -23.3545629001182, -23.2813239019661",
        "lognormal, -22.9065628059327, -22.5938972664794",
        "loglogistic, -23.1209858542362, -22.8935679549353",
        "exponential, -23.6164574055450, -23.5436276253338"
    })
    void hasTheLikelihoodOfIntervals(String family, double nothing, double model) {
        Json fit = json("fit " + visits
                + " --left l --right r --covariates x --weight w --weight-type frequency --family " + family);
        assertThat(fit.number("logLikelihood/null")).isCloseTo(nothing, within(1e-9));
        assertThat(fit.number("logLikelihood/model")).isCloseTo(model, within(1e-9));
        assertThat(fit.text("conventions/events"))
                .isEqualTo("in (left, right]; an empty right end is censored at left");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exponential",
                "weibull",
                "gompertz",
                "gamma",
                "gengamma",
                "lognormal",
                "loglogistic",
                "spline:2",
                "spline:1:odds",
                "spline:0:normal",
                "cure:weibull",
                "cure:lognormal"
            })
    void printsWhatTheLibraryFits(String family) {
        Json json = json("fit @bmtcrr" + ROWS + " --family " + family + " --at 12,24");
        ParametricFit fit = ParametricModel.of(ParametricFamily.parse(family)).fit(CsvData.bmtcrr());
        assertThat(json.text("family")).isEqualTo(fit.family().label());
        assertThat(json.number("aic")).isCloseTo(fit.aic(), within(1e-8));
        assertThat(json.number("bic")).isCloseTo(fit.bic(), within(1e-8));
        for (int j = 0; j < fit.coefficients().size(); j++) {
            String at = "parameters/" + j + "/";
            String name = fit.coefficients().get(j).name();
            assertThat(json.text(at + "name")).isEqualTo(name);
            assertThat(json.text(at + "scale")).isEqualTo(fit.scaleOf(name));
            assertThat(json.number(at + "estimate"))
                    .isCloseTo(fit.coefficients().get(j).value().estimate(), within(1e-8));
            assertThat(json.number(at + "natural/estimate"))
                    .isCloseTo(
                            Objects.requireNonNull(fit.parameters(CovariateProfile.empty())
                                            .get(name))
                                    .estimate(),
                            within(1e-7));
        }
        assertThat(json.number("predictions/0/points/1/survival"))
                .isCloseTo(fit.predict(CovariateProfile.empty()).survivalAt(24).estimate(), within(1e-9));
        assertThat(json.toString().contains("curedShare")).isEqualTo(family.startsWith("cure"));
        if (family.startsWith("cure")) {
            assertThat(json.number("curedShare/estimate"))
                    .isCloseTo(fit.cureFraction().share().estimate(), within(1e-9));
        }
    }

    @Test
    void takesCovariatesOnAnyParameter() {
        Json json = json("fit @bmtcrr" + ROWS + " --family gengamma --covariates age,phase --on sigma=age --on Q=sex"
                + " --reference phase=CR2");
        ParametricFit fit = ParametricModel.of(ParametricFamily.GENERALIZED_GAMMA)
                .withCovariates(Terms.of("age", "phase").withReference("phase", "CR2"))
                .withCovariatesOn("sigma", "age")
                .withCovariatesOn("Q", "sex")
                .fit(CsvData.bmtcrr());
        List<String> names = fit.coefficients().stream().map(Coefficient::name).toList();
        assertThat(names).contains("phase=CR1", "sigma(age)", "Q(sex=M)");
        for (int j = 0; j < names.size(); j++) {
            assertThat(json.text("parameters/" + j + "/name")).isEqualTo(names.get(j));
            assertThat(json.number("parameters/" + j + "/estimate"))
                    .isCloseTo(fit.coefficients().get(j).value().estimate(), within(1e-8));
        }
        assertThat(json.text("conventions/covariatesOn")).isEqualTo("sigma ~ age, Q ~ sex");
        int sigma = names.indexOf("sigma(age)");
        assertThat(json.number("parameters/" + sigma + "/factor/estimate"))
                .isCloseTo(Math.exp(json.number("parameters/" + sigma + "/estimate")), within(1e-12));
    }

    @Test
    void givesNoUpperLimitToATimeNearTheLevelOfACuredShare() {
        String call = "fit @bmtcrr" + ROWS + " --family cure:weibull --quantiles 0.5,0.74,0.8";
        Json json = json(call);
        assertThat(json.text("conventions/interval")).endsWith("of times where the limits of survival allow them");
        assertThat(json.number("predictions/0/quantiles/0/upper")).isBetween(8.0, 10.0);
        assertThat(json.number("predictions/0/quantiles/1/lower")).isBetween(10.0, 20.0);
        assertThat(json.toString()).contains("upper=null");
        assertThat(run(call).out())
                .contains("13.8042 to -", "\"-\" is not estimable: the upper limit of S never falls to 0.26 (first at");
    }

    @Test
    void saysBothErrorsWhereTheyAreRobust() {
        Json robust = json("fit @bmtcrr" + ROWS + " --family gamma --robust --at 12");
        Json plain = json("fit @bmtcrr" + ROWS + " --family gamma --at 12");
        assertThat(robust.text("conventions/standardErrors")).isEqualTo("robust by row");
        for (String at : List.of("parameters/0/", "predictions/0/points/0/", "predictions/0/quantiles/1/")) {
            assertThat(robust.number(at + "stdError")).isEqualTo(plain.number(at + "stdError"));
            assertThat(robust.number(at + "robustStdError")).isNotEqualTo(plain.number(at + "stdError"));
            assertThat(plain.toString()).doesNotContain("robustStdError");
        }
    }

    @Test
    void saysItInWords() {
        assertThat(run("fit " + visits + " --left l --right r --family cure:weibull --at 5")
                        .out())
                .contains(
                        "Parametric law of time, cure-weibull",
                        "left l (months, assumed",
                        ", right r\n",
                        "cured share ",
                        "Predicted");
        assertThat(run("fit @bmtcrr" + ROWS + " --family weibull --covariates age --format csv")
                        .out())
                .contains("coefficient,age,,,", "parameter,shape,,,");
    }

    @Test
    void draws() throws Exception {
        for (String line : List.of(
                "fit @bmtcrr" + ROWS + " --family spline:2",
                "fit " + visits + " --left l --right r --family weibull")) {
            Path file = folder.resolve("fit.svg");
            Run run = run(line + " --chart " + file);
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(Files.readString(file)).contains("<svg", "Probability of no event");
        }
    }

    @Test
    void refusesWhatMeansNothing() {
        String fit = "fit @bmtcrr" + ROWS + " --family weibull";
        refused("fit @bmtcrr" + ROWS, 2, "Missing required option: '--family=NAME'");
        refused("fit @bmtcrr --family weibull --time months", 2, "Missing required option: '--status=COL'");
        refused("fit @bmtcrr" + ROWS + " --family weib", 2, "--family", "weib", "spline-SCALE-KNOTS");
        refused("fit @bmtcrr" + ROWS + " --family spline:2:cube", 2, "--family");
        refused("fit @bmtcrr" + ROWS + " --family cure:gompertz", 2, "a law that reaches 0");
        refused(fit + " --on shape", 2, "--on 'shape' is no parameter and terms");
        refused(fit + " --on shape=age --on shape=sex", 2, "--on names 'shape' twice");
        refused(fit + " --on sigma=age", 2, "parameter", "sigma", "shape");
        refused(fit + " --on shape=nowhere", 1, "nowhere");
        refused(fit + " --group phase", 2, "--group means nothing to fit");
        refused(fit + " --covariates age --at 3", 2, "--at needs --newdata");
        refused(fit + " --newdata x.csv", 2, "--newdata means nothing to a model without --covariates or --on");
        refused("fit " + visits + " --left l --family weibull", 2, "--left and --right go together");
        refused("fit " + visits + " --left l --right r --time l --family weibull", 2, "allowed: one of these pairs");
        refused("fit " + visits + " --left l --right r --cause 1 --family weibull", 2, "--cause means nothing");
        String bad = Run.write(folder, "bad.csv", "l,r\n1,2\n5,3\n").toString();
        refused("fit " + bad + " --left l --right r --family weibull", 1, "row 2", "column 'r'", "right >= left");
        String zero = Run.write(folder, "zero.csv", "t,s\n0,1\n5,1\n3,1\n").toString();
        refused("fit " + zero + " --time t --status s --family weibull", 1, "row 1", "column 't'", "time > 0");
    }
}
