package io.engraft.evidence;

import io.engraft.CheckReturnValue;
import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.DurationUnit;
import io.engraft.data.SurvivalData;
import io.engraft.internal.Brief;
import io.engraft.internal.PatientStream;
import io.engraft.internal.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Patient-level data from a printed curve, by the equations of Guyot and others. At each step of the curve the number of
 * events is the one that the Kaplan-Meier equation gives back, d = n (1 - S(t) / S(t-)) rounded, with S(t-) as rebuilt so far,
 * so that rounding does not add up. Between two times of the at-risk table as many people leave as the printed numbers ask
 * for, expected evenly in time. Beyond the last printed number they leave at the rate before it, or, where the total of
 * events is known, in such number that it is met; where only the number of patients is known, nobody leaves before the end.
 *
 * <p>Two things differ from the published method. It iterates over one stretch of the table after the other with leavers
 * exactly even; here the whole curve is solved at once, for the path of numbers at risk with the least deviance: squared
 * differences from the points in units of the declared precision (d may be one off the rounded number), against uneven
 * leaving, and against a fixed price of 12 for every person by which a printed number is missed. So the height of a step says
 * how many were at risk at it, which matters where few are left. And cumulative incidence is handled: with F_j the curve of
 * cause j and S = 1 - sum F_j, d_j = n (F_j(t) - F_j(t-)) / S(t-). Give the curves of all causes together; for one alone,
 * {@link Leavers} says what is assumed of the other causes.
 *
 * <p>What cannot be known: who had which covariate, and when exactly within a stretch people left. Points may stand beyond
 * the last printed number, unless that is 0. A time of the at-risk table beyond the last point continues the curve flat.
 *
 * <p>P. Guyot, A. E. Ades, M. J. N. M. Ouwens, N. J. Welton (2012). Enhanced secondary analysis of survival data:
 * reconstructing the data from published Kaplan-Meier survival curves. BMC Medical Research Methodology 12, 9. DOI
 * 10.1186/1471-2288-12-9.
 */
@CheckReturnValue
public final class CurveReconstruction {

    private static final long JITTER = 0x6a69747465720000L;

    private final double tolerance;
    private final double precision;
    private final double timePrecision;
    private final int totalEvents;
    private final Leavers leavers;
    private final DurationUnit unit;

    private CurveReconstruction(
            double tolerance,
            double precision,
            double timePrecision,
            int totalEvents,
            Leavers leavers,
            DurationUnit unit) {
        this.tolerance = tolerance;
        this.precision = precision;
        this.timePrecision = timePrecision;
        this.totalEvents = totalEvents;
        this.leavers = leavers;
        this.unit = unit;
    }

    /**
     * No fall flattened, probabilities read to 0.00125 (half of one of 400 pixels), times exactly; total of events not
     * known; leavers censored; months.
     *
     * @return the procedure
     */
    public static CurveReconstruction withDefaults() {
        return new CurveReconstruction(0, 0.00125, 0, -1, Leavers.CENSORED, DurationUnit.MONTHS);
    }

    /**
     * How far a survival curve may rise from point to point (or an incidence fall), and S(0) be off 1, by a slip of the
     * digitiser. Such points are flattened, and counted in the result.
     *
     * @param value at least 0 and less than 1
     * @return the procedure with it
     */
    public CurveReconstruction withTolerance(double value) {
        Require.nonNegative("tolerance", value);
        Require.probability("tolerance", value);
        return new CurveReconstruction(value, precision, timePrecision, totalEvents, leavers, unit);
    }

    /**
     * How exactly the points were read: half a pixel each way, say. It decides how far step heights are trusted, and how far
     * points are moved by {@link #spread}.
     *
     * @param probability half the width of an error in probability, &gt; 0, at most 0.5
     * @param time half the width of an error in time, &gt;= 0
     * @return the procedure with it
     */
    public CurveReconstruction withPrecision(double probability, double time) {
        Require.positive("precision of probability", probability);
        if (!(probability <= 0.5)) {
            throw InvalidArgumentException.of("precision of probability", probability, "at most 0.5");
        }
        Require.nonNegative("precision of time", time);
        return new CurveReconstruction(tolerance, probability, time, totalEvents, leavers, unit);
    }

    /**
     * The printed total of events, of all curves that are given together.
     *
     * @param events at least 0
     * @return the procedure with it
     */
    public CurveReconstruction withTotalEvents(int events) {
        return new CurveReconstruction(
                tolerance, precision, timePrecision, Require.atLeast("total of events", events, 0), leavers, unit);
    }

    /**
     * What those are taken to be who leave without the event, where one cumulative incidence alone is given.
     *
     * @param value censored or with a competing event
     * @return the procedure with it
     */
    public CurveReconstruction withLeavers(Leavers value) {
        return new CurveReconstruction(tolerance, precision, timePrecision, totalEvents, value, unit);
    }

    /**
     * The unit of the times; it labels and changes no number.
     *
     * @param value the unit
     * @return the procedure with it
     */
    public CurveReconstruction withUnit(DurationUnit value) {
        return new CurveReconstruction(tolerance, precision, timePrecision, totalEvents, leavers, value);
    }

    /**
     * Rebuilds the data behind one curve.
     *
     * @param curve its points
     * @param table the numbers at risk
     * @return the data, and how well they give the curve back
     * @throws InvalidDataException when curve and table cannot be of the same patients; it names the rows
     */
    public ReconstructedCurve fit(DigitisedCurve curve, AtRiskTable table) {
        return fit(List.of(curve), table);
    }

    /**
     * Rebuilds the data behind the cumulative incidences of all causes, jointly.
     *
     * @param curves one survival curve, or one cumulative incidence a cause
     * @param table the numbers at risk of any event
     * @return the data, with the causes numbered in the order of the curves
     * @throws InvalidDataException when curves and table cannot be of the same patients; it names the rows
     * @throws InvalidArgumentException when there is no curve, causes repeat, a survival curve stands beside others, or the
     *     total of events exceeds the patients
     */
    public ReconstructedCurve fit(List<DigitisedCurve> curves, AtRiskTable table) {
        checkCurves(curves);
        if (totalEvents > table.patients()) {
            throw InvalidArgumentException.of(
                    "total of events", totalEvents, "at most the " + table.patients() + " patients");
        }
        List<DigitisedCurve.Rising> rising =
                curves.stream().map(curve -> curve.rising(tolerance)).toList();
        checkSum(curves, rising);
        checkNobodyLeft(curves, rising, table);
        return rebuild(curves, rising, table);
    }

    private boolean leaversCompete(List<DigitisedCurve> curves) {
        return leavers == Leavers.COMPETING && curves.size() == 1;
    }

    private ReconstructedCurve rebuild(
            List<DigitisedCurve> curves, List<DigitisedCurve.Rising> rising, AtRiskTable table) {
        boolean compete = leaversCompete(curves);
        Rebuild rebuild = new Rebuild(rising, table, compete, precision, totalEvents);
        List<String> causes =
                new ArrayList<>(curves.stream().map(DigitisedCurve::cause).toList());
        if (compete) {
            causes.add("without " + curves.get(0).cause());
        }
        SurvivalData data = SurvivalData.builder(
                        rebuild.time.stream().mapToDouble(t -> t).toArray(),
                        rebuild.status.stream().mapToInt(s -> s).toArray())
                .causes(causes)
                .unit(unit)
                .source("reconstruction")
                .build();
        return new ReconstructedCurve(
                curves,
                rising,
                table,
                rebuild.risk,
                data,
                new ReconstructedCurve.Assumed(leavers, totalEvents, tolerance));
    }

    private void checkCurves(List<DigitisedCurve> curves) {
        if (curves.isEmpty()) {
            throw InvalidArgumentException.of("digitised curves", "empty", "one or more");
        }
        Set<String> causes = new HashSet<>();
        for (DigitisedCurve curve : curves) {
            if (curve.isSurvival() && curves.size() > 1) {
                throw new InvalidArgumentException(
                        "a survival curve stands beside other curves; allowed: one survival curve, or cumulative"
                                + " incidences");
            }
            if (!causes.add(curve.cause())) {
                throw InvalidArgumentException.of("cause", "'" + curve.cause() + "' twice", "distinct causes");
            }
        }
        if (leavers == Leavers.COMPETING && (curves.size() > 1 || curves.get(0).isSurvival())) {
            throw new InvalidArgumentException("leavers are declared as competing, but "
                    + (curves.size() > 1 ? "several causes are given" : "a survival curve is given")
                    + "; allowed: with the cumulative incidence of one cause alone");
        }
    }

    private void checkSum(List<DigitisedCurve> curves, List<DigitisedCurve.Rising> rising) {
        List<DataProblem> problems = new ArrayList<>();
        double slack = curves.size() * precision + tolerance;
        for (int j = 0; j < curves.size(); j++) {
            for (int k = 0; k < rising.get(j).times.length && problems.isEmpty(); k++) {
                double t = rising.get(j).times[k];
                double sum = rising.stream().mapToDouble(r -> r.at(t)).sum();
                if (sum > 1 + slack) {
                    problems.add(curves.get(j)
                            .problem(
                                    k,
                                    "incidence",
                                    curves.get(j).value(k),
                                    "the causes add up to " + (float) sum + "; allowed: at most 1 together"));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems);
        }
    }

    private static void checkNobodyLeft(
            List<DigitisedCurve> curves, List<DigitisedCurve.Rising> rising, AtRiskTable table) {
        int row = 0;
        while (row < table.size() && table.atRisk(row) > 0) {
            row++;
        }
        if (row == table.size()) {
            return;
        }
        List<DataProblem> problems = new ArrayList<>();
        for (int j = 0; j < curves.size(); j++) {
            DigitisedCurve.Rising curve = rising.get(j);
            for (int k = 1; k < curve.times.length; k++) {
                if (curve.times[k] > table.time(row) && curve.failed[k] > curve.failed[k - 1]) {
                    problems.add(curves.get(j)
                            .problem(
                                    k,
                                    "time",
                                    curve.times[k],
                                    "an event after " + table.time(row)
                                            + ", when the at-risk table has nobody left; allowed: none"));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems);
        }
    }

    /**
     * What digitising leaves open: the reconstruction is repeated with the points moved at random, evenly within the
     * declared precision, and put back in order: each point in time, and in probability all points of one level together.
     *
     * @param curves one survival curve, or one cumulative incidence a cause
     * @param table the numbers at risk
     * @param times at which the spread is wanted, one or more, each &gt;= 0
     * @param draws how many reconstructions, at least 2
     * @param seed the seed; the same seed gives the same bits
     * @param level the share of reconstructions that a range holds, strictly between 0 and 1
     * @return the spread of the median and of the curves at the times
     */
    public DigitisationSpread spread(
            List<DigitisedCurve> curves, AtRiskTable table, double[] times, int draws, long seed, double level) {
        Require.draws("draws", draws, 2);
        Require.properFraction("level", level);
        if (times.length == 0) {
            throw InvalidArgumentException.of("times", "empty", "one or more");
        }
        Arrays.stream(times).forEach(Require::time);
        ReconstructedCurve base = fit(curves, table);
        DigitisationSpread.Collector collector = new DigitisationSpread.Collector(base, times, draws, level);
        for (int draw = 0; draw < draws; draw++) {
            PatientStream random = PatientStream.of(seed, JITTER, draw);
            List<DigitisedCurve.Rising> moved = curves.stream()
                    .map(curve -> moved(curve.rising(tolerance), random, table))
                    .toList();
            collector.add(draw, rebuild(curves, moved, table));
        }
        return collector.spread();
    }

    private DigitisedCurve.Rising moved(DigitisedCurve.Rising curve, PatientStream random, AtRiskTable table) {
        double[] times = curve.times.clone();
        double[] failed = curve.failed.clone();
        double before = 0;
        double reached = 0;
        double last = emptyFrom(table);
        @Nullable Double shift = null;
        for (int k = 0; k < times.length; k++) {
            boolean start = times[k] == 0;
            boolean step = k == 0 || curve.failed[k] > curve.failed[k - 1];
            // points of one level are one line of the print: they move together
            if (step || shift == null) {
                shift = (2 * random.next() - 1) * precision;
            }
            double t = start ? 0 : times[k] + (2 * random.next() - 1) * timePrecision;
            times[k] = Math.max(before, Math.max(0, Math.min(t, times[k] <= last ? last : t)));
            failed[k] = start ? 0 : Math.max(reached, Math.min(1, Math.max(0, failed[k] + shift)));
            before = times[k];
            reached = failed[k];
        }
        return new DigitisedCurve.Rising(times, failed, curve.flattened);
    }

    /** The time from which nobody is at risk; infinity where somebody is to the end. */
    private static double emptyFrom(AtRiskTable table) {
        for (int row = 0; row < table.size(); row++) {
            if (table.atRisk(row) == 0) {
                return table.time(row);
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public String toString() {
        return "reconstruction of printed curves in " + unit.label() + ", tolerance " + Brief.number(tolerance);
    }
}
