package io.engraft.report;

import io.engraft.calibrate.rates.CompetingRatesCalibration;
import io.engraft.calibrate.timing.RangeTiming;
import io.engraft.curve.Profile;
import io.engraft.data.Categories;
import io.engraft.data.Datasets;
import io.engraft.data.DurationUnit;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import io.engraft.data.io.ColumnRoles;
import io.engraft.data.io.CovariateType;
import io.engraft.data.io.CsvData;
import io.engraft.data.io.CsvSource;
import io.engraft.data.io.MissingValues;
import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.KaplanMeier;
import io.engraft.evidence.AtRiskTable;
import io.engraft.evidence.CurveReconstruction;
import io.engraft.evidence.DigitisedCurve;
import io.engraft.evidence.Leavers;
import io.engraft.evidence.PooledProportion;
import io.engraft.evidence.ProportionPool;
import io.engraft.evidence.StudyProportion;
import io.engraft.evidence.UnitComparison;
import io.engraft.history.Endpoint;
import io.engraft.history.EndpointRules;
import io.engraft.history.HistoryCsv;
import io.engraft.history.HistoryTable;
import io.engraft.history.OtherColumns;
import io.engraft.history.TimeDependentCovariate;
import io.engraft.inference.FixedTimeTest;
import io.engraft.inference.GrayTest;
import io.engraft.inference.LogRankTest;
import io.engraft.inference.PairwiseAdjustment;
import io.engraft.inference.RestrictedMeanTest;
import io.engraft.pathway.JmmlPathways;
import io.engraft.pathway.ModelFile;
import io.engraft.pathway.PathwayModel;
import io.engraft.regression.AftDistribution;
import io.engraft.regression.AftFit;
import io.engraft.regression.AftModel;
import io.engraft.regression.CovariateProfile;
import io.engraft.report.curves.IncidenceDocument;
import io.engraft.report.curves.SurvivalDocument;
import io.engraft.report.data.DatasetsDocument;
import io.engraft.report.data.EndpointsDocument;
import io.engraft.report.evidence.PoolDocument;
import io.engraft.report.evidence.ReconstructionDocument;
import io.engraft.report.models.AftDocument;
import io.engraft.report.models.AftPrediction;
import io.engraft.report.pathways.CalibrationDocument;
import io.engraft.report.pathways.ComparisonDocument;
import io.engraft.report.pathways.SimulationDocument;
import io.engraft.report.tests.TestDocument;
import io.engraft.report.tests.TestMethod;
import io.engraft.simulate.AssumptionSampling;
import io.engraft.simulate.PathSimulator;
import io.engraft.simulate.ScenarioComparison;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** One document of each kind, and of each that has parts on request one with all of them. */
final class Fixtures {

    private static final DataColumns COLUMNS = DataColumns.of("months", "status")
            .withGroup("disease")
            .withId("patient")
            .withCluster("phase")
            .withUnitAssumed(true)
            .withDataset(Datasets.bmtcrr());

    private Fixtures() {}

    static ColumnRoles roles() {
        return ColumnRoles.of("months", "status").withCauseLabels(List.of("relapse", "competing event"));
    }

    static SurvivalData bmtcrr(ColumnRoles roles) {
        return CsvData.read(CsvSource.of(Datasets.bmtcrr()), roles);
    }

    /** Times 3, 5 and 8, the second censored. */
    static SurvivalData three() {
        return SurvivalData.of(new double[] {3, 5, 8}, new int[] {1, 0, 2});
    }

    static Map<String, Document> all() {
        Map<String, Document> all = new LinkedHashMap<>();
        curves(all);
        tests(all);
        models(all);
        evidence(all);
        pathways(all);
        data(all);
        FurtherFixtures.add(all);
        return all;
    }

    private static void curves(Map<String, Document> all) {
        SurvivalData rows = bmtcrr(roles().withGroup("disease"));
        SurvivalData weighted = SurvivalData.builder(new double[] {3, 5, 8, 9}, new int[] {1, 0, 2, 1})
                .weights(new double[] {2, 1, 1, 3}, WeightType.FREQUENCY)
                .source("weighted rows")
                .dropped(2)
                .build();
        all.put(
                "km",
                SurvivalDocument.of(KaplanMeier.withDefaults().fit(rows).asMap(), rows)
                        .withColumns(COLUMNS)
                        .withTimes(12, 24, 400)
                        .withRestrictedMean(24));
        all.put(
                "km of a cause",
                SurvivalDocument.of(
                                KaplanMeier.withDefaults()
                                        .fit(weighted.causeSpecific(1))
                                        .get("all"),
                                weighted)
                        .withMissingValues(MissingValues.DROP)
                        .withCause(1));
        all.put(
                "cuminc",
                IncidenceDocument.of(
                                AalenJohansen.withDefaults()
                                        .withStart(2)
                                        .fit(rows)
                                        .asMap(),
                                rows)
                        .withColumns(COLUMNS)
                        .withTimes(12, 24));
        all.put(
                "cuminc of all",
                IncidenceDocument.of(AalenJohansen.withDefaults().fit(weighted).get("all"), weighted)
                        .withMissingValues(MissingValues.DROP));
    }

    private static void tests(Map<String, Document> all) {
        SurvivalData rows = bmtcrr(roles().withGroup("phase"));
        all.put(
                "test",
                TestDocument.of(
                                TestMethod.LOG_RANK,
                                LogRankTest.withDefaults()
                                        .withPairs(PairwiseAdjustment.HOLM)
                                        .test(rows),
                                rows)
                        .withColumns(COLUMNS.withGroup("phase"))
                        .withMissingValues(MissingValues.FAIL));
        all.put(
                "gray",
                TestDocument.of(TestMethod.GRAY, GrayTest.forCause(1).test(rows), rows)
                        .withProfile(Profile.R));
        all.put(
                "rmst",
                TestDocument.of(
                                TestMethod.RMST,
                                RestrictedMeanTest.forHorizon(12)
                                        .withRobustVariance()
                                        .test(rows.causeSpecific(1)),
                                rows)
                        .withCause(1));
        SurvivalData apart = SurvivalData.builder(new double[] {1, 2, 3, 4}, new int[] {1, 1, 0, 0})
                .group(Categories.of(List.of("a", "a", "b", "b")))
                .build();
        all.put(
                "fixed time",
                TestDocument.of(
                        TestMethod.FIXED_TIME, FixedTimeTest.forTime(2.5).test(apart), apart));
    }

    private static void models(Map<String, Document> all) {
        SurvivalData rows = bmtcrr(roles().withCovariate("age", CovariateType.AUTOMATIC)
                .withCovariate("sex", CovariateType.AUTOMATIC)
                .withStrata("disease")
                .withCluster("age"));
        AftFit fit = AftModel.of(AftDistribution.WEIBULL)
                .withCovariates("age", "sex")
                .withStrataOnScale()
                .withRobustVariance()
                .withCause(1)
                .fit(rows);
        CovariateProfile profile = CovariateProfile.empty().with("age", 30).with("sex", "M");
        AftPrediction prediction = AftPrediction.of(
                Map.of("age", "30"), fit.predict(profile, "ALL"), new double[] {6, 12}, List.of(0.25, 0.5));
        all.put(
                "aft",
                AftDocument.of(fit, rows)
                        .withColumns(COLUMNS)
                        .withProfile(Profile.R)
                        .withMissingValues(MissingValues.FAIL)
                        .withStrata("disease")
                        .withPredictions(List.of(prediction)));
        SurvivalData plain = bmtcrr(roles().withCovariate("age", CovariateType.AUTOMATIC));
        all.put(
                "aft of time",
                AftDocument.of(
                        AftModel.of(AftDistribution.GAUSSIAN)
                                .withCovariates("age")
                                .fit(plain),
                        plain));
    }

    private static void evidence(Map<String, Document> all) {
        List<StudyProportion> studies = List.of(study("A", 10, 40), study("B", 12, 30), study("C_1", 5, 30));
        PooledProportion pooled = ProportionPool.withDefaults().fit(studies);
        UnitComparison.Result unit =
                UnitComparison.withDefaults().withPublished(35, 100).compare(22, 60, 0.3, 0.4);
        all.put(
                "pool",
                PoolDocument.of(pooled)
                        .withProvenance(new Provenance("studies.csv", 4, 1))
                        .withWarnings(List.of("left out on request: D"))
                        .withUnit(unit, List.of(0.3, 0.4)));
        all.put("pool of one", PoolDocument.of(ProportionPool.withDefaults().fit(studies.subList(0, 1))));
        all.put("unit", PoolDocument.of(unit, List.of(0.3, 0.4)));
        List<DigitisedCurve> curves =
                List.of(DigitisedCurve.survival(new double[] {0, 3, 6, 12}, new double[] {1, 0.9, 0.8, 0.7}));
        AtRiskTable table = AtRiskTable.ofPatients(60);
        CurveReconstruction procedure = CurveReconstruction.withDefaults().withTotalEvents(30);
        double[] times = {6, 12};
        all.put(
                "reconstruct",
                ReconstructionDocument.of(procedure.fit(curves, table), curves)
                        .withSources("curve.csv", "at-risk.csv")
                        .withPrecision(0.005, 0.1, 0)
                        .withTotalEvents(30)
                        .withLevel(0.9)
                        .withTimes(times)
                        .withSpread(procedure.spread(curves, table, times, 5, 1, 0.9), 1)
                        .withPatientsElsewhere());
        List<DigitisedCurve> incidences =
                List.of(DigitisedCurve.incidence("relapse", new double[] {0, 3, 6}, new double[] {0, 0.1, 0.2}));
        all.put(
                "reconstruct an incidence",
                ReconstructionDocument.of(
                        CurveReconstruction.withDefaults()
                                .withLeavers(Leavers.COMPETING)
                                .fit(incidences, table),
                        incidences));
    }

    private static StudyProportion study(String label, int events, int n) {
        return new StudyProportion(label, events, n, List.of("EBMT"), OptionalInt.of(2000), OptionalInt.of(2005));
    }

    private static void pathways(Map<String, Document> all) {
        CompetingRatesCalibration calibration = CompetingRatesCalibration.withDefaults();
        RangeTiming timing = RangeTiming.of(31, 80, 15, 1096, DurationUnit.DAYS).withRankOf(30);
        all.put(
                "calibrate",
                CalibrationDocument.of(calibration
                                .withUnit(DurationUnit.DAYS)
                                .withRelapseMedian(80)
                                .withSampleSize(100)
                                .calibrate())
                        .withRemaining(List.of(100.0))
                        .withTiming(timing.calibrate(), 31, 30, 80, 15, 1096)
                        .withSurvivalParts(1826.25, OptionalDouble.of(0.5), OptionalDouble.empty()));
        all.put("calibrate without patients", CalibrationDocument.of(calibration.calibrate()));
        PathwayModel jmml = PathwayModel.jmml();
        PathSimulator simulator =
                PathSimulator.withDefaults().withPatients(200).withHorizon(24).withTimes(12, 24);
        all.put("simulate", SimulationDocument.of(jmml, "jmml", simulator.simulate(jmml.model())));
        PathwayModel other = JmmlPathways.get("trametinib");
        all.put(
                "simulate another",
                SimulationDocument.of(other, "trametinib", simulator.simulate(other.multiStateModel())));
        List<ModelFile> scenarios = List.of(ModelFile.named("untreated"), ModelFile.named("chemotherapy-alone"));
        ScenarioComparison comparison = ScenarioComparison.of(scenarios, simulator);
        all.put("compare", ComparisonDocument.of(comparison));
        all.put(
                "compare with assumptions",
                ComparisonDocument.of(comparison.withAssumptions(
                        AssumptionSampling.withDefaults().withDraws(100))));
    }

    private static void data(Map<String, Document> all) {
        HistoryTable histories = HistoryCsv.read(
                CsvSource.of(Datasets.all().stream()
                        .filter(d -> d.name().equals("histories"))
                        .findFirst()
                        .orElseThrow()),
                OtherColumns.FAIL);
        EndpointRules rules = EndpointRules.withDefaults();
        all.put(
                "endpoints",
                EndpointsDocument.of(histories, Arrays.asList(Endpoint.values()), rules, DurationUnit.MONTHS)
                        .withSource("@histories")
                        .withWarnings(List.of("a remark")));
        all.put(
                "endpoints over time",
                EndpointsDocument.timeDependent(
                        histories, Endpoint.OS, rules, List.of(TimeDependentCovariate.CGVHD), DurationUnit.MONTHS));
        all.put("datasets", DatasetsDocument.of(Datasets.all()));
    }
}
