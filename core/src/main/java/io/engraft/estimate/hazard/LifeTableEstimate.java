package io.engraft.estimate.hazard;

import io.engraft.InvalidArgumentException;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import java.util.ArrayList;
import java.util.List;

/** An actuarial life table: one {@link Row} an interval. Immutable. */
public final class LifeTableEstimate implements Tabular {

    private final List<Row> rows;

    /**
     * One interval. NaN stands for what an interval does not have: conditional probability where nobody was exposed,
     * density and hazard in an unbounded interval, standard errors of density and hazard without events.
     *
     * @param start its first time
     * @param end the time before which it ends
     * @param entering the number at its start, weighted where the data are
     * @param withdrawn those censored in it
     * @param events those with an event in it
     * @param exposed the effective number exposed, entering less half of the withdrawn
     * @param conditionalProbability the share of the exposed with an event, q
     * @param survivalStart S at its start
     * @param survivalStartError the standard error of that
     * @param survivalEnd S at its end
     * @param survivalEndError the standard error of that
     * @param density the density at its middle, per unit of time
     * @param densityError the standard error of that
     * @param hazard the hazard at its middle, per unit of time
     * @param hazardError the standard error of that
     */
    public record Row(
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
            double hazardError) {}

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
                        "survival_start_error",
                        "survival_end",
                        "survival_end_error",
                        "density",
                        "density_error",
                        "hazard",
                        "hazard_error")
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
}
