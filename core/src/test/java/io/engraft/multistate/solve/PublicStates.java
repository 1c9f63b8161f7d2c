package io.engraft.multistate.solve;

import io.engraft.data.Categories;
import io.engraft.data.MultiStateData;
import io.engraft.data.WeightType;
import io.engraft.testing.GoldenFile;
import java.util.List;
import java.util.stream.IntStream;

/** The data sets of multistate_model.R. */
public final class PublicStates {

    private PublicStates() {}

    public static List<String> states(String name) {
        return switch (name) {
            case "bmtcrr" -> List.of("remission", "relapse", "dead");
            case "sir" -> List.of("no ventilation", "ventilation", "end of stay");
            default -> List.of("healthy", "ill", "dead");
        };
    }

    public static MultiStateData data(String name) {
        boolean open = name.equals("bmtcrr") || name.equals("sir");
        GoldenFile file =
                GoldenFile.read(open ? "/golden/msfit/data_" + name + ".csv" : "/golden/data/ms_" + name + ".csv");
        MultiStateData.Builder data = MultiStateData.builder(
                        file.numbers("time"), Categories.of(file.texts("from")), Categories.of(file.texts("to")))
                .states(states(name))
                .entry(file.numbers("entry"))
                .id(Categories.of(file.texts("id")));
        if (file.has("weight")) {
            data.weights(file.numbers("weight"), WeightType.FREQUENCY);
        }
        if (open) {
            data.covariate("age", file.numbers("age")).covariate("sex", Categories.of(file.texts("sex")));
        }
        return data.build();
    }

    /** Rows as "subject entry time from to", "-" for censored, in states h, i and d. */
    public static MultiStateData.Builder rows(String... rows) {
        String[][] cells = IntStream.range(0, rows.length)
                .mapToObj(i -> rows[i].split(" "))
                .toArray(String[][]::new);
        return MultiStateData.builder(column(cells, 2), text(cells, 3), text(cells, 4))
                .states(List.of("h", "i", "d"))
                .censored("-")
                .entry(column(cells, 1))
                .id(text(cells, 0));
    }

    private static double[] column(String[][] cells, int at) {
        return IntStream.range(0, cells.length)
                .mapToDouble(i -> Double.parseDouble(cells[i][at]))
                .toArray();
    }

    private static Categories text(String[][] cells, int at) {
        return Categories.of(
                IntStream.range(0, cells.length).mapToObj(i -> cells[i][at]).toList());
    }
}
