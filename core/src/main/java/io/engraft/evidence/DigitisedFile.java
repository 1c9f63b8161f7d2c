package io.engraft.evidence;

import io.engraft.CheckReturnValue;
import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.io.CsvSource;
import io.engraft.data.io.CsvTable;
import io.engraft.internal.Require;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads curves from the files that people and digitisers write. The columns are time and survival, or time and incidence
 * (and cause where there are several), in any case; where the values' column has another name, or no header stands above
 * two columns of numbers, the first column is the time (or the one named time, t or x) and what the curve is has to be
 * declared. Of two rows of header, as WebPlotDigitizer writes them, the first names sets of points and the second says X and
 * Y: of several sets {@link #withDataset} takes one.
 *
 * <p>Points beyond what is possible by no more than the declared precision are moved to what is: probabilities into 0 to
 * 1, times to 0 or after, survival at time 0 to 1 and incidence to 0, a time to that of the point before it. {@link
 * DigitisedCurve#moved()} counts them. Immutable.
 */
@CheckReturnValue
public final class DigitisedFile {

    private static final double PERCENT = 100;
    private static final double MOST_PRECISION = 0.5;
    private static final String TIME = "time";
    private static final String SURVIVAL = "survival";
    private static final String INCIDENCE = "incidence";
    private static final String CAUSE = "cause";
    private static final String X = ", X";
    private static final String Y = ", Y";
    private static final Set<String> TIMES = Set.of(TIME, "t", "x");

    private final Optional<Boolean> survival;
    private final boolean percent;
    private final double precision;
    private final double timePrecision;
    private final Optional<String> dataset;

    private DigitisedFile(
            Optional<Boolean> survival,
            boolean percent,
            double precision,
            double timePrecision,
            Optional<String> dataset) {
        this.dataset = dataset;
        this.survival = survival;
        this.percent = percent;
        this.precision = precision;
        this.timePrecision = timePrecision;
    }

    /**
     * Columns with names, probabilities 0 to 1, nothing moved.
     *
     * @return the reader
     */
    public static DigitisedFile withDefaults() {
        return new DigitisedFile(Optional.empty(), false, 0, 0, Optional.empty());
    }

    /**
     * What a curve is whose column does not say it.
     *
     * @param isSurvival true for survival, false for cumulative incidence
     * @return the reader; a column named survival or incidence says it by itself
     */
    public DigitisedFile withSurvival(boolean isSurvival) {
        return new DigitisedFile(Optional.of(isSurvival), percent, precision, timePrecision, dataset);
    }

    /**
     * Values as percentages.
     *
     * @return the reader; values are divided by 100, and values of which none is above 1 are an error
     */
    public DigitisedFile withPercent() {
        return new DigitisedFile(survival, true, precision, timePrecision, dataset);
    }

    /**
     * How exactly points were read, as in {@link CurveReconstruction#withPrecision}.
     *
     * @param probability of probabilities (0 to 1, for percentages too), 0 to 0.5
     * @param time of times, 0 or more
     * @return the reader
     */
    public DigitisedFile withPrecision(double probability, double time) {
        Require.nonNegative("precision of probability", probability);
        if (!(probability <= MOST_PRECISION)) {
            throw InvalidArgumentException.of("precision of probability", probability, "at most 0.5");
        }
        return new DigitisedFile(
                survival, percent, probability, Require.nonNegative("precision of time", time), dataset);
    }

    /**
     * Which set of points is read where the file has several, as digitisers write them side by side.
     *
     * @param name the name that stands over its two columns
     * @return the reader; what the curve is has to be declared ({@link #withSurvival})
     */
    public DigitisedFile withDataset(String name) {
        return new DigitisedFile(survival, percent, precision, timePrecision, Optional.of(name));
    }

    /**
     * Reads the curves.
     *
     * @param text where they come from
     * @return one curve, or one a cause in the order of their first rows
     * @throws InvalidDataException when columns are missing or points cannot be used; it lists them
     * @throws io.engraft.FileException when the file cannot be read
     */
    public List<DigitisedCurve> read(CsvSource text) {
        CsvTable table = CsvTable.read(text, List.of("first column", "second column"));
        Columns columns = columns(table);
        if (dataset.isPresent()) {
            return List.of(ofDataset(table, columns));
        }
        double[] times = table.numbers(columns.time());
        double[] values = table.numbers(columns.value());
        if (percent) {
            scale(table, values);
        }
        Map<String, List<Integer>> byCause = new LinkedHashMap<>();
        for (int row = 0; row < table.rowCount(); row++) {
            String cause = columns.cause().isEmpty()
                    ? "event"
                    : table.text(row, columns.cause().get());
            if (cause.isEmpty()) {
                throw new InvalidDataException(
                        table.problem(row, columns.cause().get(), "missing value; allowed: a name in every row"));
            }
            byCause.computeIfAbsent(cause, key -> new ArrayList<>()).add(row);
        }
        List<DigitisedCurve> curves = new ArrayList<>();
        byCause.forEach((cause, rows) -> curves.add(curve(columns.survival(), cause, rows, times, values, table)));
        return List.copyOf(curves);
    }

    /** The points of one set, below which a shorter one has empty cells. */
    private DigitisedCurve ofDataset(CsvTable table, Columns columns) {
        List<Integer> rows = new ArrayList<>();
        double[] times = new double[table.rowCount()];
        double[] values = new double[table.rowCount()];
        List<Double> found = new ArrayList<>();
        for (int row = 0; row < times.length; row++) {
            if (!table.isMissing(row, columns.time()) || !table.isMissing(row, columns.value())) {
                times[row] = number(table, row, columns.time());
                values[row] = number(table, row, columns.value());
                found.add(values[row]);
                rows.add(row);
            }
        }
        if (percent) {
            double[] scaled = found.stream().mapToDouble(Double::doubleValue).toArray();
            scale(table, scaled);
            for (int i = 0; i < scaled.length; i++) {
                values[rows.get(i)] = scaled[i];
            }
        }
        return curve(columns.survival(), "event", rows, times, values, table);
    }

    private static double number(CsvTable table, int row, String column) {
        return table.number(row, column)
                .orElseThrow(
                        () -> new InvalidDataException(table.problem(row, column, "missing value; allowed: a number")));
    }

    /** Which column is what. */
    private record Columns(boolean survival, String time, String value, Optional<String> cause) {}

    private Columns columns(CsvTable table) {
        List<String> names = table.columns();
        List<String> sets = names.stream()
                .filter(name -> name.endsWith(X) && names.contains(name.substring(0, name.length() - X.length()) + Y))
                .map(name -> name.substring(0, name.length() - X.length()))
                .toList();
        if (!sets.isEmpty()) {
            return ofSets(table, sets);
        }
        if (dataset.isPresent()) {
            throw new InvalidDataException(DataProblem.ofWhole("the file has one curve and no named sets of points;"
                            + " allowed: no name of one (--dataset " + dataset.get() + ")")
                    .inSource(table.source()));
        }
        Optional<String> time = named(names, Set.of(TIME));
        Optional<String> ofSurvival = named(names, Set.of(SURVIVAL));
        Optional<String> ofIncidence = named(names, Set.of(INCIDENCE));
        if (time.isPresent() && (ofSurvival.isPresent() || ofIncidence.isPresent())) {
            boolean both = ofSurvival.isPresent() && ofIncidence.isPresent();
            boolean isSurvival = (both && survival.isPresent()) ? survival.get() : ofSurvival.isPresent();
            Optional<String> cause = isSurvival ? Optional.empty() : named(names, Set.of(CAUSE));
            return new Columns(isSurvival, time.get(), (isSurvival ? ofSurvival : ofIncidence).orElseThrow(), cause);
        }
        Optional<Boolean> what =
                ofSurvival.isPresent() ? Optional.of(true) : ofIncidence.isPresent() ? Optional.of(false) : survival;
        List<String> filled = names.stream().filter(name -> !name.isEmpty()).toList();
        Optional<String> other = named(names, TIMES);
        if (filled.size() != 2 || what.isEmpty()) {
            List<String> missing = new ArrayList<>();
            if (time.isEmpty()) {
                missing.add(TIME);
            }
            if (ofSurvival.isEmpty() && ofIncidence.isEmpty()) {
                missing.add(SURVIVAL + " or " + INCIDENCE);
            }
            throw new InvalidDataException(DataProblem.ofWhole("columns are " + String.join(", ", names)
                            + ": there is no such column as " + String.join(" and ", missing)
                            + "; allowed: the columns time and survival, or time and incidence; or two columns, time"
                            + " first, and what the curve is declared (--type survival, or incidence)")
                    .inSource(table.source()));
        }
        String value = ofSurvival.or(() -> ofIncidence).orElse("");
        String first = other.orElse(filled.get(0).equals(value) ? filled.get(1) : filled.get(0));
        String second = filled.get(0).equals(first) ? filled.get(1) : filled.get(0);
        return new Columns(what.get(), first, second, Optional.empty());
    }

    private Columns ofSets(CsvTable table, List<String> sets) {
        String named = "'" + String.join("', '", sets) + "'";
        if (dataset.isEmpty() || !sets.contains(dataset.get())) {
            throw new InvalidDataException(DataProblem.ofWhole("the file has the sets of points " + named
                            + (dataset.isEmpty() ? "" : ", and none named '" + dataset.get() + "'")
                            + "; allowed: one of them (--dataset " + sets.get(0) + ", or withDataset in code)")
                    .inSource(table.source()));
        }
        if (survival.isEmpty()) {
            throw new InvalidDataException(DataProblem.ofWhole("what the curve of '" + dataset.get()
                            + "' is cannot be told from X and Y; allowed: it declared (--type survival, or incidence)")
                    .inSource(table.source()));
        }
        return new Columns(survival.get(), dataset.get() + X, dataset.get() + Y, Optional.empty());
    }

    private static Optional<String> named(List<String> names, Set<String> wanted) {
        return names.stream()
                .filter(name -> wanted.contains(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    private static void scale(CsvTable table, double[] values) {
        boolean fractions = true;
        for (int i = 0; i < values.length; i++) {
            fractions &= values[i] <= 1;
            values[i] /= PERCENT;
        }
        if (fractions) {
            throw new InvalidDataException(
                    DataProblem.ofWhole("the values are declared as percentages and none is above 1; allowed: 0 to 100")
                            .inSource(table.source()));
        }
    }

    private DigitisedCurve curve(
            boolean isSurvival, String cause, List<Integer> rows, double[] times, double[] values, CsvTable table) {
        int n = rows.size();
        double[] t = new double[n];
        double[] p = new double[n];
        int moved = 0;
        for (int i = 0; i < n; i++) {
            int row = rows.get(i);
            double least = i == 0 ? 0 : t[i - 1];
            t[i] = within(times[row], least, Double.POSITIVE_INFINITY, timePrecision);
            double start = isSurvival ? 1 : 0;
            boolean atStart = t[i] == 0 && Math.abs(values[row] - start) <= precision;
            p[i] = atStart ? start : within(values[row], 0, 1, precision);
            moved += t[i] != times[row] || p[i] != values[row] ? 1 : 0;
        }
        return new DigitisedCurve(
                isSurvival,
                cause,
                t,
                p,
                table.source(),
                rows.stream().mapToLong(row -> row + 1L).toArray(),
                rows.stream().mapToLong(table::line).toArray(),
                moved);
    }

    /** A value, at the nearest limit if it is beyond it by no more than the precision. */
    private static double within(double value, double least, double most, double precision) {
        if (value < least && value >= least - precision) {
            return least;
        }
        return value > most && value <= most + precision ? most : value;
    }

    @Override
    public String toString() {
        return "digitised points, " + (percent ? "percentages" : "probabilities") + ", moved by at most " + precision
                + " in probability and " + timePrecision + " in time";
    }
}
