package io.engraft.report.curves;

import io.engraft.curve.Interval;
import io.engraft.curve.PointEstimate;
import io.engraft.data.TidyTable;
import io.engraft.estimate.SurvivalPoint;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Curves as one table: a row a point, whose measure is "survival", and after the points of a group a row for each other
 * estimate, whose number is in the column of estimates; its time is the horizon where it has one.
 */
final class SurvivalTable {

    private final boolean bands;
    private final TidyTable.Builder table;

    private SurvivalTable(boolean bands) {
        this.bands = bands;
        this.table = TidyTable.builder()
                .text("group")
                .number("time")
                .number("at_risk")
                .number("events")
                .number("censored")
                .number("survival")
                .number("std_error")
                .number("lower")
                .number("upper")
                .number("cumulative_hazard")
                .number("cumulative_hazard_std_error")
                .text("measure")
                .number("probability")
                .number("estimate");
        if (bands) {
            table.number("band_lower").number("band_upper");
        }
    }

    static TidyTable of(List<SurvivalGroup> groups) {
        SurvivalTable all = new SurvivalTable(groups.stream().anyMatch(g -> g.band() != null));
        groups.forEach(all::add);
        return all.table.build();
    }

    private void add(SurvivalGroup group) {
        for (SurvivalPoint p : group.points()) {
            Interval limits = p.survival().interval();
            Interval band = group.bandAt(p.time());
            row(
                    band,
                    group.name(),
                    p.time(),
                    p.atRisk(),
                    p.events(),
                    p.censored(),
                    number(p.survival().optional()),
                    number(p.survival().standardError()),
                    number(limits.lower()),
                    number(limits.upper()),
                    number(p.cumulativeHazard().optional()),
                    number(p.cumulativeHazard().standardError()),
                    "survival",
                    null,
                    number(p.survival().optional()));
        }
        other(group, "quantile", null, 0.5, group.curve().median());
        for (Map.Entry<Double, PointEstimate> quantile : group.quantiles().entrySet()) {
            if (quantile.getKey() != 0.5) {
                other(group, "quantile", null, quantile.getKey(), quantile.getValue());
            }
        }
        PointEstimate mean = group.mean();
        if (mean != null) {
            other(group, "restricted mean", group.tau(), null, mean);
        }
        SurvivalGroup.Followed followed = group.followed();
        if (followed != null) {
            other(group, "follow-up median", null, 0.5, followed.median());
            other(
                    group,
                    "follow-up completeness",
                    followed.horizon(),
                    null,
                    PointEstimate.of(
                            followed.completeness(),
                            Double.NaN,
                            Interval.notEstimable(group.curve().level(), "a description")));
        }
    }

    private void other(
            SurvivalGroup group,
            String measure,
            @Nullable Double time,
            @Nullable Double probability,
            PointEstimate estimate) {
        Interval limits = estimate.interval();
        row(
                null,
                group.name(),
                time,
                null,
                null,
                null,
                null,
                number(estimate.standardError()),
                number(limits.lower()),
                number(limits.upper()),
                null,
                null,
                measure,
                probability,
                number(estimate.optional()));
    }

    private void row(@Nullable Interval band, @Nullable Object... cells) {
        if (!bands) {
            table.row(cells);
            return;
        }
        @Nullable Object[] more = Arrays.copyOf(cells, cells.length + 2);
        more[cells.length] = band == null ? null : number(band.lower());
        more[cells.length + 1] = band == null ? null : number(band.upper());
        table.row(more);
    }

    private static @Nullable Double number(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
