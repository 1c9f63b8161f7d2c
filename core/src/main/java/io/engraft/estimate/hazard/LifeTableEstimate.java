package io.engraft.estimate.hazard;

import io.engraft.InvalidArgumentException;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An actuarial life table: one {@link Row} an interval. Immutable. */
public final class LifeTableEstimate implements Tabular {

    private final List<Row> rows;

    /**
     * One interval. NaN stands for what an interval does not have: conditional probability where nobody was exposed,
     * density and hazard in an unbounded interval, standard errors of density and hazard without events.
     */
    public static final class Row {

        private final double start;
        private final double end;
        private final double entering;
        private final double withdrawn;
        private final double events;
        private final double exposed;
        private final double conditionalProbability;
        private final double survivalStart;
        private final double survivalStartError;
        private final double survivalEnd;
        private final double survivalEndError;
        private final double density;
        private final double densityError;
        private final double hazard;
        private final double hazardError;

        Row(
                double start,
                double end,
                double entering,
                double withdrawn,
                double events,
                double exposed,
                double conditionalProbability,
                double survivalStart,
                double survivalStartError,
                double survivalEnd,
                double survivalEndError,
                double density,
                double densityError,
                double hazard,
                double hazardError) {
            this.start = start;
            this.end = end;
            this.entering = entering;
            this.withdrawn = withdrawn;
            this.events = events;
            this.exposed = exposed;
            this.conditionalProbability = conditionalProbability;
            this.survivalStart = survivalStart;
            this.survivalStartError = survivalStartError;
            this.survivalEnd = survivalEnd;
            this.survivalEndError = survivalEndError;
            this.density = density;
            this.densityError = densityError;
            this.hazard = hazard;
            this.hazardError = hazardError;
        }

        /** {@return its first time} */
        public double start() {
            return start;
        }

        /** {@return the time before which it ends} */
        public double end() {
            return end;
        }

        /** {@return the number at its start, weighted where the data are} */
        public double entering() {
            return entering;
        }

        /** {@return those censored in it} */
        public double withdrawn() {
            return withdrawn;
        }

        /** {@return those with an event in it} */
        public double events() {
            return events;
        }

        /** {@return the effective number exposed, entering less half of the withdrawn} */
        public double exposed() {
            return exposed;
        }

        /** {@return the share of the exposed with an event, q} */
        public double conditionalProbability() {
            return conditionalProbability;
        }

        /** {@return S at its start} */
        public double survivalStart() {
            return survivalStart;
        }

        /** {@return the standard error of that} */
        public double survivalStartError() {
            return survivalStartError;
        }

        /** {@return S at its end} */
        public double survivalEnd() {
            return survivalEnd;
        }

        /** {@return the standard error of that} */
        public double survivalEndError() {
            return survivalEndError;
        }

        /** {@return the density at its middle, per unit of time} */
        public double density() {
            return density;
        }

        /** {@return the standard error of that} */
        public double densityError() {
            return densityError;
        }

        /** {@return the hazard at its middle, per unit of time} */
        public double hazard() {
            return hazard;
        }

        /** {@return the standard error of that} */
        public double hazardError() {
            return hazardError;
        }

        private List<?> parts() {
            return List.of(
                    start,
                    end,
                    entering,
                    withdrawn,
                    events,
                    exposed,
                    conditionalProbability,
                    survivalStart,
                    survivalStartError,
                    survivalEnd,
                    survivalEndError,
                    density,
                    densityError,
                    hazard,
                    hazardError);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Row that && parts().equals(that.parts());
        }

        @Override
        public int hashCode() {
            return parts().hashCode();
        }

        @Override
        public String toString() {
            return "[" + Brief.number(start) + ", " + Brief.number(end) + "): " + Brief.number(entering) + " entering, "
                    + Brief.number(events) + " with an event, " + Brief.number(withdrawn) + " withdrawn, S at its end "
                    + Brief.number(survivalEnd);
        }
    }

    LifeTableEstimate(double[] borders, double total, double[] withdrawn, double[] events) {
        List<Row> all = new ArrayList<>();
        double n = total;
        double s = 1;
        double sum = 0;
        for (int j = 0; j < withdrawn.length; j++) {
            double width = borders[j + 1] - borders[j];
            double exposed = n - withdrawn[j] / 2;
            double q = exposed > 0 ? events[j] / exposed : Double.NaN;
            double p = 1 - q;
            boolean bounded = width < Double.POSITIVE_INFINITY && exposed > 0;
            double density = bounded ? s * q / width : Double.NaN;
            double hazard = bounded ? 2 * q / (width * (1 + p)) : Double.NaN;
            double step = hazard * width / 2;
            // Nobody exposed says nothing of what follows, unless S is 0, which it stays.
            double end = s == 0 ? 0 : s * p;
            double after = sum + (q > 0 ? q / (exposed * p) : q);
            all.add(new Row(
                    borders[j],
                    borders[j + 1],
                    n,
                    withdrawn[j],
                    events[j],
                    exposed,
                    q,
                    s,
                    s * Math.sqrt(sum),
                    end,
                    end == 0 ? Double.NaN : end * Math.sqrt(after),
                    density,
                    events[j] > 0 ? density * Math.sqrt(sum + p / (exposed * q)) : Double.NaN,
                    hazard,
                    events[j] > 0 ? hazard * Math.sqrt((1 - step * step) / (exposed * q)) : Double.NaN));
            n -= withdrawn[j] + events[j];
            s = end;
            sum = after;
        }
        this.rows = List.copyOf(all);
    }

    /**
     * The number of intervals.
     *
     * @return at least 1
     */
    public int size() {
        return rows.size();
    }

    /**
     * One interval.
     *
     * @param i from 0, ascending
     * @return its numbers
     */
    public Row row(int i) {
        if (i < 0 || i >= rows.size()) {
            throw InvalidArgumentException.of("interval", i, "0 to " + (rows.size() - 1));
        }
        return rows.get(i);
    }

    /** One row an interval; an infinite end is missing. */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder();
        List.of(
                        "start",
                        "end",
                        "entering",
                        "withdrawn",
                        "events",
                        "exposed",
                        "conditional_probability",
                        "survival_start",
                        "survival_start_std_error",
                        "survival_end",
                        "survival_end_std_error",
                        "density",
                        "density_std_error",
                        "hazard",
                        "hazard_std_error")
                .forEach(table::number);
        for (Row r : rows) {
            table.row(
                    r.start,
                    r.end == Double.POSITIVE_INFINITY ? Double.NaN : r.end,
                    r.entering,
                    r.withdrawn,
                    r.events,
                    r.exposed,
                    r.conditionalProbability,
                    r.survivalStart,
                    r.survivalStartError,
                    r.survivalEnd,
                    r.survivalEndError,
                    r.density,
                    r.densityError,
                    r.hazard,
                    r.hazardError);
        }
        return table.build();
    }

    @Override
    public String toString() {
        Row last = rows.get(rows.size() - 1);
        return "life table: " + Brief.count(rows.size(), "interval") + ", "
                + Brief.number(rows.get(0).entering()) + " entering, S " + Brief.number(last.survivalEnd()) + " before "
                + Brief.number(last.end());
    }
}
