package io.engraft.cli.demo;

import io.engraft.calibrate.rates.CompetingRatesCalibration;
import io.engraft.calibrate.rates.CompetingRatesModel;
import io.engraft.calibrate.rates.CompetingRatesResult;
import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.Dataset;
import io.engraft.data.Datasets;
import io.engraft.data.EventTable;
import io.engraft.data.SurvivalData;
import io.engraft.data.TidyTable;
import io.engraft.data.io.CsvData;
import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.IncidenceEstimate;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import io.engraft.law.LawFamily;
import io.engraft.multistate.mixture.CompetingRisksMixture;
import io.engraft.multistate.solve.OccupancySolver;
import io.engraft.multistate.solve.SolvedOccupancy;
import io.engraft.pathway.PathwayModel;
import io.engraft.report.DataColumns;
import io.engraft.report.curves.IncidenceDocument;
import io.engraft.report.curves.SurvivalDocument;
import io.engraft.report.pathways.CalibrationDocument;
import io.engraft.report.pathways.SimulationDocument;
import io.engraft.simulate.AssumptionDraws;
import io.engraft.simulate.AssumptionSampling;
import io.engraft.simulate.PathSimulator;
import io.engraft.simulate.SimulatedPath;
import io.engraft.simulate.SimulatedPath.Sojourn;
import io.engraft.simulate.SimulationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Everything that the demo estimates, calibrates and simulates: patients with acute leukemia, and the JMML model.
 *
 * @param dataset where the patients are from
 * @param rows the patients
 * @param survival event-free survival of all
 * @param survivalByDisease event-free survival by disease
 * @param incidence relapse and the competing event of all
 * @param incidenceByDisease the same by disease
 * @param jmml the JMML model
 * @param calibrated the fates after the first transplant in it; shares, times and their law vary in its intervals
 * @param families models of other laws of time that meet the same rates
 * @param solution state occupancy of the JMML model, without noise
 * @param cohort a simulated cohort of it
 * @param sample follow-up of the cohort's first patients: 1 relapse, 2 death without it
 * @param sensitivity overall survival at the horizon over the range of each assumption
 */
record DemoStudy(
        Dataset dataset,
        SurvivalData rows,
        SurvivalEstimate survival,
        Map<String, SurvivalEstimate> survivalByDisease,
        IncidenceEstimate incidence,
        Map<String, IncidenceEstimate> incidenceByDisease,
        PathwayModel jmml,
        CompetingRatesModel calibrated,
        CompetingRatesResult families,
        SolvedOccupancy solution,
        SimulationResult cohort,
        AssumptionDraws open,
        EventTable sample,
        TidyTable sensitivity) {

    static final double[] TIMES = {12, 24, 60};
    static final int PATIENTS_BEHIND_RATES = 100;
    static final long COHORT = 100_000;
    static final int SAMPLE = 1_000;
    static final long SEED = 42;

    private static final int DRAWS = 1_000;
    private static final double HORIZON = 60;

    static DemoStudy run() {
        SurvivalData rows = CsvData.bmtcrr();
        EventTable all = EventTable.of(rows);
        PathwayModel jmml = PathwayModel.jmml();
        // The longest single piece of work: it runs beside the rest.
        CompletableFuture<TidyTable> sensitivity = CompletableFuture.supplyAsync(() -> jmml.sensitivity(HORIZON));
        SimulationResult cohort = PathSimulator.withDefaults()
                .withPatients(COHORT)
                .withHorizon(HORIZON)
                .withSeed(SEED)
                .withDraws(DRAWS)
                .withTimes(TIMES)
                .simulate(jmml.model());
        CompetingRatesCalibration calibration =
                CompetingRatesCalibration.withDefaults().withSampleSize(PATIENTS_BEHIND_RATES);
        CompetingRatesCalibration atTimes = calibration.withTimes(TIMES);
        return new DemoStudy(
                Datasets.bmtcrr(),
                rows,
                KaplanMeier.withDefaults().fit(all),
                KaplanMeier.withDefaults().fit(rows).asMap(),
                AalenJohansen.withDefaults().fit(all),
                AalenJohansen.withDefaults().fit(rows).asMap(),
                jmml,
                atTimes.calibrate().model(LawFamily.WEIBULL),
                calibration.withAllFamilies().calibrate(),
                OccupancySolver.withDefaults().withTolerance(1e-6).solve(jmml.model(), HORIZON),
                cohort,
                AssumptionSampling.withDefaults().sample(jmml, cohort),
                sample(cohort, jmml),
                sensitivity.join());
    }

    /** The first patients of the cohort, as if they had been followed to the horizon. */
    private static EventTable sample(SimulationResult cohort, PathwayModel jmml) {
        double[] time = new double[SAMPLE];
        int[] status = new int[SAMPLE];
        for (int i = 0; i < SAMPLE; i++) {
            SimulatedPath path = cohort.path(i);
            Sojourn first = path.sojourns().get(0);
            String event = first.event();
            time[i] = first.to();
            status[i] = event == null ? 0 : event.equals("relapse") ? 1 : 2;
        }
        return EventTable.of(SurvivalData.builder(time, status)
                .causes(List.of("relapse", "nrm"))
                .unit(jmml.unit())
                .build());
    }

    private DataColumns columns() {
        return DataColumns.of("months", "status").withGroup("disease").withDataset(dataset);
    }

    SurvivalDocument survivalDocument(boolean byDisease) {
        SurvivalDocument document =
                byDisease ? SurvivalDocument.of(survivalByDisease, rows) : SurvivalDocument.of(survival, rows);
        return document.withColumns(columns()).withTimes(TIMES).withRestrictedMean(HORIZON);
    }

    IncidenceDocument incidenceDocument(boolean byDisease) {
        IncidenceDocument document =
                byDisease ? IncidenceDocument.of(incidenceByDisease, rows) : IncidenceDocument.of(incidence, rows);
        return document.withColumns(columns()).withTimes(TIMES);
    }

    CalibrationDocument calibrationDocument() {
        return CalibrationDocument.of(families);
    }

    SimulationDocument simulationDocument() {
        return SimulationDocument.of(jmml, "jmml", cohort).withAssumptions(open);
    }

    /** A number that the demo is about, at the times of interest. */
    record KeyFigure(String id, String text, List<PointEstimate> shares, boolean simulated) {}

    List<KeyFigure> patientFigures() {
        return List.of(
                figure("event-free", "alive without relapse or competing event", survival::survivalAt),
                figure("relapse", "relapse", incidence.incidence("relapse")::incidenceAt),
                figure("competing", "competing event", incidence.incidence("competing event")::incidenceAt));
    }

    List<KeyFigure> modelFigures() {
        return List.of(
                figure("jmml-event-free", "alive, never relapsed", t -> point(t).survival()),
                figure("jmml-relapse", "relapse", t -> point(t).relapse()),
                figure("jmml-nrm", "death without relapse", t -> point(t).nrm()),
                simulated("jmml-alive", "alive, also after relapse", this::alive),
                simulated(
                        "jmml-second-transplant",
                        "has had a second transplant",
                        t -> known(
                                cohort.incidence("second-transplant").incidenceAt(t),
                                open.incidence("second-transplant", t))));
    }

    /** The curves of the fates by themselves; {@link #calibrated} has the limits that hold the times as well. */
    CompetingRisksMixture mixture() {
        return calibrated.mixture();
    }

    private CompetingRatesModel.Point point(double t) {
        return calibrated.points().stream()
                .filter(p -> p.time() == t)
                .findFirst()
                .orElseThrow();
    }

    private PointEstimate alive(double t) {
        List<String> states = jmml.model().aliveStates();
        return known(cohort.probabilityIn(states, t), open.probabilityIn(states, t));
    }

    /** A simulated share with the limits that the assumptions leave open, not those of the simulation alone. */
    private static PointEstimate known(PointEstimate simulated, Interval limits) {
        return PointEstimate.of(simulated.estimate(), simulated.standardError().orElse(0), limits);
    }

    private static KeyFigure figure(String id, String text, java.util.function.DoubleFunction<PointEstimate> curve) {
        List<PointEstimate> shares = new ArrayList<>();
        for (double t : TIMES) {
            shares.add(curve.apply(t));
        }
        return new KeyFigure(id, text, shares, false);
    }

    private static KeyFigure simulated(String id, String text, java.util.function.DoubleFunction<PointEstimate> curve) {
        return new KeyFigure(id, text, figure(id, text, curve).shares(), true);
    }
}
