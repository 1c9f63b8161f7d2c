package io.engraft.report;

import io.engraft.curve.Profile;
import io.engraft.data.CensoredData;
import io.engraft.data.MultiStateData;
import io.engraft.data.SurvivalData;
import io.engraft.data.io.ColumnRoles;
import io.engraft.data.io.CovariateType;
import io.engraft.data.io.CsvSource;
import io.engraft.data.io.IntervalCsv;
import io.engraft.data.io.MissingValues;
import io.engraft.data.io.MultiStateCsv;
import io.engraft.estimate.ConfidenceBand;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.ReverseKaplanMeier;
import io.engraft.estimate.interval.Turnbull;
import io.engraft.estimate.states.StateOccupancy;
import io.engraft.regression.CovariateProfile;
import io.engraft.regression.CoxFit;
import io.engraft.regression.CoxModel;
import io.engraft.regression.FineGrayFit;
import io.engraft.regression.FineGrayModel;
import io.engraft.regression.ParametricFamily;
import io.engraft.regression.ParametricFit;
import io.engraft.regression.ParametricModel;
import io.engraft.regression.ProportionalHazardsTest;
import io.engraft.regression.TimeTransform;
import io.engraft.report.curves.IntervalCurveDocument;
import io.engraft.report.curves.StatesDocument;
import io.engraft.report.curves.SurvivalDocument;
import io.engraft.report.models.AftPrediction;
import io.engraft.report.models.CoxDocument;
import io.engraft.report.models.FineGrayDocument;
import io.engraft.report.models.FitDocument;
import io.engraft.report.models.IncidencePrediction;
import java.util.List;
import java.util.Map;

/** Documents of stays in states, of intervals, of parametric laws and of what curves give on request. */
final class FurtherFixtures {

    private static final String STAYS = """
            id,from,to,entry,time,arm
            1,remission,relapse,0,4,A
            1,relapse,remission,4,7,A
            1,remission,,7,20,A
            2,remission,dead,0,3,A
            3,remission,relapse,0,5,A
            3,relapse,dead,5,9,A
            4,remission,,0,15,B
            5,remission,relapse,0,6,B
            5,relapse,,6,18,B
            6,remission,dead,0,11,B
            7,remission,relapse,2,8,B
            7,relapse,dead,8,10,B
            """;
    private static final String INTERVALS = """
            left,right,arm,w
            0,2,A,1
            1,3,A,2
            3,6,A,1
            5,,A,1
            0,4,B,1
            2,5,B,1
            6,9,B,3
            8,,B,1
            """;

    private FurtherFixtures() {}

    static void add(Map<String, Document> all) {
        states(all);
        intervals(all);
        fits(all);
        ratios(all);
        incidences(all);
        summaries(all);
    }

    private static void states(Map<String, Document> all) {
        ColumnRoles roles = ColumnRoles.of("time", "to").withId("id").withEntry("entry");
        MultiStateData one = MultiStateCsv.read(CsvSource.ofText(STAYS, "stays.csv"), roles, "from");
        all.put(
                "states",
                StatesDocument.of(StateOccupancy.withDefaults().fit(one).asMap(), one));
        MultiStateData arms = MultiStateCsv.read(CsvSource.ofText(STAYS, "stays.csv"), roles.withGroup("arm"), "from");
        all.put(
                "states of groups",
                StatesDocument.of(
                                StateOccupancy.withDefaults()
                                        .withStart(2)
                                        .fit(arms)
                                        .asMap(),
                                arms)
                        .withColumns(DataColumns.of("time", "to").withId("id").withGroup("arm"), "from")
                        .withMissingValues(MissingValues.FAIL)
                        .withTimes(4, 8, 30)
                        .withHorizon(9));
    }

    private static CensoredData censored(ColumnRoles roles) {
        return IntervalCsv.read(CsvSource.ofText(INTERVALS, "intervals.csv"), roles);
    }

    private static void intervals(Map<String, Document> all) {
        ColumnRoles roles = ColumnRoles.of("left", "right");
        CensoredData one = censored(roles);
        all.put(
                "km of intervals",
                IntervalCurveDocument.of(Turnbull.withDefaults().fit(one).asMap(), one));
        CensoredData arms = censored(roles.withGroup("arm"));
        DataColumns columns = DataColumns.of("left", "right").withGroup("arm");
        all.put(
                "km of intervals of groups",
                IntervalCurveDocument.of(Turnbull.withDefaults().fit(arms).asMap(), arms)
                        .withColumns(columns)
                        .withMissingValues(MissingValues.FAIL)
                        .withTimes(1, 4, 50));
        all.put(
                "fit of intervals",
                FitDocument.of(ParametricModel.of(ParametricFamily.WEIBULL).fit(one), one.columns())
                        .withIntervals(DataColumns.of("left", "right")));
    }

    private static void ratios(Map<String, Document> all) {
        SurvivalData rows = Fixtures.bmtcrr(Fixtures.roles()
                .withCovariate("age", CovariateType.AUTOMATIC)
                .withCovariate("sex", CovariateType.AUTOMATIC));
        CoxFit fit = CoxModel.withDefaults().withCovariates("age", "sex").fit(rows);
        CovariateProfile profile = CovariateProfile.empty().with("age", 30).with("sex", "M");
        AftPrediction prediction = AftPrediction.of(
                Map.of("age", "30"), fit.predict(profile), new double[] {6, 12, 1000}, List.of(0.25, 0.9));
        CoxDocument plain = CoxDocument.of(fit, rows).withColumns(DataColumns.of("months", "status"));
        all.put(
                "cox",
                plain.withProfile(Profile.R)
                        .withMissingValues(MissingValues.FAIL)
                        .withBaseline()
                        .withProportionalHazards(
                                ProportionalHazardsTest.withDefaults().test(fit))
                        .withPredictions(List.of(prediction)));
        for (TimeTransform scale : TimeTransform.values()) {
            all.put(
                    "cox over " + scale.label(),
                    plain.withProportionalHazards(ProportionalHazardsTest.withDefaults()
                            .withTransform(scale)
                            .test(fit)));
        }
        all.put(
                "cox by strata",
                CoxDocument.of(
                                CoxModel.withDefaults()
                                        .withCovariates("age")
                                        .withCause(1)
                                        .withRobustVariance()
                                        .fit(rows.toBuilder()
                                                .strata(rows.categoricalCovariate("sex"))
                                                .build()),
                                rows.toBuilder()
                                        .strata(rows.categoricalCovariate("sex"))
                                        .build())
                        .withStrata("sex")
                        .withBaseline());
        all.put(
                "cox by Firth",
                CoxDocument.of(
                        CoxModel.withDefaults()
                                .withCovariates("age", "sex")
                                .withFirth()
                                .withProfileLimits()
                                .fit(rows),
                        rows));
        all.put("cox without covariates", CoxDocument.of(CoxModel.withDefaults().fit(rows), rows));
    }

    private static void incidences(Map<String, Document> all) {
        SurvivalData rows = Fixtures.bmtcrr(Fixtures.roles()
                .withCovariate("age", CovariateType.AUTOMATIC)
                .withCovariate("sex", CovariateType.AUTOMATIC));
        FineGrayModel model = FineGrayModel.withDefaults().withCovariates("age", "sex");
        FineGrayFit relapse = model.withCause(1).fit(rows);
        FineGrayFit death = model.withCause(2).fit(rows);
        CovariateProfile profile = CovariateProfile.empty().with("age", 90).with("sex", "M");
        Map<String, String> shown = Map.of("age", "90");
        all.put(
                "finegray",
                FineGrayDocument.of(relapse, rows)
                        .withColumns(DataColumns.of("months", "status"))
                        .withMissingValues(MissingValues.FAIL)
                        .withBaseline()
                        .withPredictions(List.of(
                                IncidencePrediction.of(shown, relapse.predict(profile), 6, 12, 1000),
                                IncidencePrediction.of(shown, relapse.predict(profile), 6)))
                        .withTotalIncidence(FineGrayFit.totalIncidence(
                                List.of(List.of(relapse.predict(profile), death.predict(profile))), 120)));
        SurvivalData strata =
                rows.toBuilder().strata(rows.categoricalCovariate("sex")).build();
        all.put(
                "finegray by strata",
                FineGrayDocument.of(
                                FineGrayModel.withDefaults()
                                        .withCovariates("age")
                                        .withCause(2)
                                        .withProfile(Profile.R)
                                        .withEventsBeforeCensorings()
                                        .fit(strata),
                                strata)
                        .withProfile(Profile.R)
                        .withStrata("sex")
                        .withBaseline());
        FineGrayFit plain = FineGrayModel.withDefaults().withCause(1).fit(rows);
        all.put(
                "finegray without covariates",
                FineGrayDocument.of(plain, rows)
                        .withPredictions(List.of(
                                IncidencePrediction.of(Map.of(), plain.predict(CovariateProfile.empty()), 12))));
        SurvivalData alone = SurvivalData.builder(new double[] {1, 2, 3, 4}, new int[] {1, 1, 0, 1})
                .covariate("x", new double[] {2, 1, 3, 2})
                .build();
        all.put(
                "finegray without other causes",
                FineGrayDocument.of(
                        FineGrayModel.withDefaults()
                                .withCovariates("x")
                                .withCause(1)
                                .fit(alone),
                        alone));
    }

    private static void fits(Map<String, Document> all) {
        SurvivalData rows = Fixtures.bmtcrr(Fixtures.roles()
                .withCovariate("age", CovariateType.AUTOMATIC)
                .withCovariate("sex", CovariateType.AUTOMATIC));
        ParametricFit fit = ParametricModel.of(ParametricFamily.WEIBULL)
                .withCovariates("age", "sex")
                .withRobustVariance()
                .withCause(1)
                .fit(rows);
        CovariateProfile profile = CovariateProfile.empty().with("age", 30).with("sex", "M");
        AftPrediction prediction =
                AftPrediction.of(Map.of("age", "30"), fit.predict(profile), new double[] {6, 12}, List.of(0.25, 0.5));
        all.put(
                "fit",
                FitDocument.of(fit, rows)
                        .withColumns(DataColumns.of("months", "status"))
                        .withProfile(Profile.R)
                        .withMissingValues(MissingValues.FAIL)
                        .withPredictions(List.of(prediction)));
        SurvivalData plain = Fixtures.bmtcrr(Fixtures.roles());
        all.put(
                "fit of a cured share",
                FitDocument.of(
                        ParametricModel.of(ParametricFamily.cure(ParametricFamily.WEIBULL))
                                .fit(plain),
                        plain));
    }

    private static void summaries(Map<String, Document> all) {
        SurvivalData rows = Fixtures.bmtcrr(Fixtures.roles().withGroup("disease"));
        all.put(
                "km with all that it gives",
                SurvivalDocument.of(KaplanMeier.withDefaults().fit(rows).asMap(), rows)
                        .withTimes(6, 12, 200)
                        .withRestrictedMean(24)
                        .withBand(ConfidenceBand.ofHallWellner())
                        .withQuantiles(0.25, 0.75)
                        .withFollowUp(ReverseKaplanMeier.withDefaults()));
    }
}
