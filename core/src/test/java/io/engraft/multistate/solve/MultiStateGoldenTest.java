package io.engraft.multistate.solve;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.multistate.MultiStateModel;
import io.engraft.multistate.MultiStateModelText;
import io.engraft.testing.GoldenFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Against core/src/test/python/multistate.py: relative error 1e-10, of values below 0.001 absolute 1e-13. */
class MultiStateGoldenTest {

    private static final String FOLDER = "/golden/multistate/";

    private static MultiStateModel model(String name) {
        try (InputStream in =
                Objects.requireNonNull(MultiStateGoldenTest.class.getResourceAsStream(FOLDER + name + ".json"), name)) {
            return MultiStateModelText.ofJson(new String(in.readAllBytes(), StandardCharsets.UTF_8), name);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void curvesAreThoseOfMpmath() {
        GoldenFile golden = GoldenFile.read(FOLDER + "values.csv");
        assertThat(golden.size()).isGreaterThanOrEqualTo(300);
        OccupancySolver solver = OccupancySolver.withDefaults();
        int matrices = 0;
        for (Map.Entry<String, List<Integer>> one : golden.rowsBy("case").entrySet()) {
            MultiStateModel model = model(one.getKey());
            double horizon = one.getValue().stream()
                    .mapToDouble(row -> golden.number(row, "t"))
                    .max()
                    .orElseThrow();
            SolvedOccupancy curves = solver.solve(model, horizon);
            Map<String, double[][]> transitions = new HashMap<>();
            for (int row : one.getValue()) {
                String quantity = golden.text(row, "quantity");
                String state = golden.text(row, "state");
                double s = golden.number(row, "s");
                double t = golden.number(row, "t");
                double value = switch (quantity) {
                    case "p" -> curves.probability(state, t);
                    case "visits" -> curves.expectedVisits(state, t);
                    case "time" -> curves.meanTime(state, t);
                    default ->
                        transitions
                                .computeIfAbsent(s + " " + t, key -> solver.transitionProbabilities(model, s, t))[
                                Integer.parseInt(quantity.substring(1))][
                                model.stateNames().indexOf(state)];
                };
                double expected = golden.number(row, "value");
                boolean matrix = curves.method() == OccupancyMethod.MATRIX_EXPONENTIAL;
                matrices += matrix ? 1 : 0;
                double off = 1e-10 * (matrix ? expected : Math.max(1e-3, expected));
                assertThat(Math.abs(value - expected))
                        .as(
                                "%s %s of %s from %s to %s: %s for %s",
                                one.getKey(), quantity, state, s, t, value, expected)
                        .isLessThanOrEqualTo(off);
            }
            assertThat(curves.errorEstimate()).as(one.getKey()).isLessThan(1e-10);
        }
        assertThat(matrices).isGreaterThan(200);
    }
}
