package io.engraft.simulate;

import io.engraft.InvalidArgumentException;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The path of one simulated patient.
 *
 * @param patient the patient's number, from 0
 * @param sojourns the states in order, each entered when the one before is left, the last one up to the horizon
 */
public record SimulatedPath(long patient, List<Sojourn> sojourns) implements Tabular {

    /**
     * Copies the list.
     *
     * @param patient the patient's number, from 0
     * @param sojourns the states in order, each entered when the one before is left, the last one up to the horizon
     */
    public SimulatedPath {
        sojourns = List.copyOf(sojourns);
    }

    /**
     * The time in one state.
     *
     * @param state the state
     * @param from when it was entered
     * @param to when it was left, or the horizon
     * @param event why it was left, null where the horizon came first
     */
    public record Sojourn(
            String state, double from, double to, @Nullable String event) {}

    /**
     * The state at a time; at the moment of a change it is the new one.
     *
     * @param t the time, from 0 to the horizon
     * @return the state
     * @throws InvalidArgumentException when t is outside the path
     */
    public String stateAt(double t) {
        Sojourn last = sojourns.get(sojourns.size() - 1);
        if (!(t >= 0 && t <= last.to())) {
            throw InvalidArgumentException.of("time", t, "0 <= time <= " + last.to());
        }
        for (int j = sojourns.size() - 1; j > 0; j--) {
            if (t >= sojourns.get(j).from()) {
                return sojourns.get(j).state();
            }
        }
        return sojourns.get(0).state();
    }

    /**
     * The path as a table.
     *
     * @return columns patient, state, from, to, event
     */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .count("patient")
                .text("state")
                .number("from")
                .number("to")
                .text("event");
        for (Sojourn s : sojourns) {
            table.row(patient, s.state(), s.from(), s.to(), s.event());
        }
        return table.build();
    }
}
