package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.curve.Profile;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Fine-Gray fits predict beside the numbers of crr: the model's own errors, baselines, intervals as R's, sums. */
class FineGrayPredictionTest {

    private static final FineGrayModel MODEL = FineGrayModel.withDefaults().withCovariates("age", "relapse");

    private static SurvivalData bmtcrr() {
        return FineGrayGoldenTest.data("bmt", "plain");
    }

    private static CovariateProfile patient(double age, double relapse) {
        return CovariateProfile.empty().with("age", age).with("relapse", relapse);
    }

    /**
     * By survival 3.5-3: {@code survfit(coxph(Surv(fgstart, fgstop, fgstatus) ~ age + relapse, finegray(...), weights =
     * fgwt, ties = "breslow", robust = FALSE, eps = 1e-13), newdata)}, its standard errors and {@code basehaz(centered =
     * FALSE)}.
     */
    @Test
    void modelErrorsAndBaselineAreThoseOfTheExpandedData() {
        FineGrayFit fit = MODEL.withCause(1).withEventsBeforeCensorings().fit(bmtcrr());
        double[][] expected = {
            // age, relapse, time, incidence, its error
            {30, 0, 12, 0.17185831828450, 0.034829321957916},
            {30, 0, 24, 0.19386268982468, 0.037846321090970},
            {20, 1, 12, 0.48399839131872, 0.067112827663300},
            {20, 1, 24, 0.53052308751463, 0.068494894995376}
        };
        for (double[] line : expected) {
            PointEstimate f =
                    fit.predict(patient(line[0], line[1])).withModelErrors().incidenceAt(line[2]);
            assertThat(f.estimate()).isCloseTo(line[3], within(1e-10));
            assertThat(f.standardError().getAsDouble()).isCloseTo(line[4], within(1e-10));
        }
        PredictedIncidence baseline = fit.baseline().get(0);
        assertThat(baseline.cumulativeHazardValues(new double[] {12})[0]).isCloseTo(0.37122696571464, within(1e-10));
        assertThat(baseline.incidenceValues(new double[] {12, 24}))
                .containsExactly(fit.predict(patient(0, 0)).incidenceValues(new double[] {12, 24}), within(1e-15));
    }

    @Test
    void eachStratumHasItsBaseline() {
        SurvivalData rows = bmtcrr();
        double[] aml = rows.numericCovariate("aml");
        List<String> strata =
                Arrays.stream(aml).mapToObj(a -> a == 1 ? "AML" : "ALL").toList();
        FineGrayFit fit = MODEL.withCause(1)
                .fit(rows.toBuilder().strata(Categories.of(strata)).build());
        assertThat(fit.strata()).containsExactly("ALL", "AML");
        for (int s = 0; s < 2; s++) {
            assertThat(fit.baseline().get(s).incidenceAt(12).estimate())
                    .isCloseTo(
                            fit.predict(patient(0, 0), fit.strata().get(s))
                                    .incidenceAt(12)
                                    .estimate(),
                            within(1e-15));
        }
    }

    /** F exp(-+ z se / F), within [0, 1]. */
    @Test
    void intervalsFollowRsScaleWhereAsked() {
        FineGrayModel own = MODEL.withCause(1);
        PointEstimate plain = own.fit(bmtcrr()).predict(patient(30, 1)).incidenceAt(12);
        PointEstimate r =
                own.withProfile(Profile.R).fit(bmtcrr()).predict(patient(30, 1)).incidenceAt(12);
        assertThat(r.estimate()).isEqualTo(plain.estimate());
        assertThat(r.standardError()).isEqualTo(plain.standardError());
        double f = r.estimate();
        double factor = Math.exp(1.959963984540054 * r.standardError().getAsDouble() / f);
        Interval limits = r.interval();
        assertThat(limits.lower().getAsDouble()).isCloseTo(f / factor, within(1e-12));
        assertThat(limits.upper().getAsDouble()).isCloseTo(Math.min(f * factor, 1), within(1e-12));
        assertThat(plain.interval()).isNotEqualTo(limits);
    }

    @Test
    void sumsOfPredictionsAreThoseOfTheCohort() {
        SurvivalData rows = bmtcrr();
        List<FineGrayFit> fits =
                List.of(MODEL.withCause(1).fit(rows), MODEL.withCause(2).fit(rows));
        double[] age = rows.numericCovariate("age");
        double[] relapse = rows.numericCovariate("relapse");
        List<List<PredictedIncidence>> patients = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            CovariateProfile p = patient(age[i], relapse[i]);
            patients.add(fits.stream().map(fit -> fit.predict(p)).toList());
        }
        FineGrayFit.TotalIncidence total = FineGrayFit.totalIncidence(patients, 24);
        assertThat(total).isEqualTo(FineGrayFit.totalIncidence(fits, rows, 24));
        assertThat(total.patients()).isEqualTo(177);
        PredictedIncidence one = patients.get(0).get(0);
        assertThatThrownBy(() -> FineGrayFit.totalIncidence(List.of(List.of(one, one)), 24))
                .hasMessageContaining("two or more, each once");
        assertThatThrownBy(() -> FineGrayFit.totalIncidence(List.of(List.of(one)), 24))
                .hasMessageContaining("two or more, each once");
        assertThatThrownBy(() -> FineGrayFit.totalIncidence(List.of(), 24)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> FineGrayFit.totalIncidence(patients, 1000)).hasMessageContaining("at most 131.77");
    }
}
