package io.engraft.data.rows;

import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.testing.GoldenFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The data of golden_rows.R, and rows as lines. */
final class RowsCases {

    private RowsCases() {}

    static GoldenFile file(String name) {
        return GoldenFile.read("/golden/rows/" + name + ".csv");
    }

    static SurvivalData base() {
        GoldenFile f = file("data_base");
        return SurvivalData.builder(f.numbers("t1"), f.integers("status"))
                .entry(f.numbers("t0"))
                .id(Categories.of(f.texts("id")))
                .covariate("x", f.numbers("x"))
                .causes(List.of("relapse", "death"))
                .build();
    }

    /** Several rows a patient, with gaps between them. */
    static SurvivalData gaps() {
        GoldenFile f = file("data_gaps");
        return SurvivalData.builder(f.numbers("time"), f.integers("status"))
                .entry(f.numbers("entry"))
                .id(Categories.of(f.texts("id")))
                .covariate("x", f.numbers("x"))
                .causes(List.of("relapse", "death"))
                .build();
    }

    static TimedCovariate values() {
        GoldenFile f = file("data_visits");
        return TimedCovariate.values("v", Categories.of(f.texts("id")), f.numbers("time"), f.numbers("value"));
    }

    static TimedCovariate levels(String name) {
        GoldenFile f = file("data_visits");
        return TimedCovariate.levels(name, Categories.of(f.texts("id")), f.numbers("time"), f.texts("level"));
    }

    static TimedCovariate sums() {
        GoldenFile f = file("data_visits");
        return TimedCovariate.sum("v", Categories.of(f.texts("id")), f.numbers("time"), f.numbers("amount"));
    }

    static TimedCovariate counts() {
        GoldenFile f = file("data_visits");
        return TimedCovariate.count("v", Categories.of(f.texts("id")), f.numbers("time"));
    }

    /** The visits after a time. */
    static TimedCovariate valuesAfter(double time) {
        GoldenFile f = file("data_visits");
        int[] later = IntStream.range(0, f.size())
                .filter(i -> f.number(i, "time") > time)
                .toArray();
        return TimedCovariate.values(
                "v",
                Categories.of(f.texts("id")).rows(later),
                Arrays.stream(later).mapToDouble(i -> f.number(i, "time")).toArray(),
                Arrays.stream(later).mapToDouble(i -> f.number(i, "value")).toArray());
    }

    static TimedCovariate onset(String name) {
        GoldenFile f = file("data_onset");
        return TimedCovariate.onset(name, Categories.of(f.texts("id")), f.numbers("time"));
    }

    static TimedEvents events() {
        GoldenFile f = file("data_happen");
        return TimedEvents.of(
                "infections", Categories.of(f.texts("id")), f.numbers("time"), Categories.of(f.texts("kind")));
    }

    static RowsBuilder rows() {
        return RowsBuilder.of(base());
    }

    /** Rows as text: id, (entry, time], status, covariates. */
    static List<String> lines(SurvivalData data, String... covariates) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            StringBuilder line = new StringBuilder(data.id().orElseThrow().value(i) + " (" + number(data.entry(i)) + ","
                    + number(data.time(i)) + "] " + data.status(i));
            for (String name : covariates) {
                line.append(' ')
                        .append(
                                data.hasNumericCovariate(name)
                                        ? number(data.numericCovariate(name)[i])
                                        : data.categoricalCovariate(name).value(i));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    static String number(double x) {
        return x == Math.rint(x) ? String.valueOf((long) x) : String.valueOf(x);
    }
}
