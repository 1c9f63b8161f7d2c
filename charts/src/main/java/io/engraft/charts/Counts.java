package io.engraft.charts;

import io.engraft.charts.FigureModel.Block;
import io.engraft.charts.FigureModel.Row;
import io.engraft.curve.FollowUp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/** The tables under the axis, from follow-up counts. */
final class Counts {

    /**
     * The follow-up of one group.
     *
     * @param label the row's label
     * @param curve the index of the curve whose colour the row takes, -1 for none
     * @param followUp the counts
     */
    record Group(String label, int curve, FollowUp followUp) {}

    private Counts() {}

    static List<Block> blocks(RiskTable table, List<Group> groups, Axis x) {
        return blocks(table, groups, x, "Cumulative number of events");
    }

    /** The same, with what events are counted. */
    static List<Block> blocks(RiskTable table, List<Group> groups, Axis x, String events) {
        List<Block> blocks = new ArrayList<>();
        if (!table.isVisible() || groups.isEmpty() || x.ticks().isEmpty()) {
            return blocks;
        }
        blocks.add(block("Number at risk", groups, x, Counts::atRisk));
        if (table.hasEvents()) {
            blocks.add(block(events, groups, x, FollowUp::eventsUpTo));
        }
        if (table.hasCensored()) {
            blocks.add(block("Cumulative number censored", groups, x, FollowUp::censoredUpTo));
        }
        return blocks;
    }

    private static Block block(String heading, List<Group> groups, Axis x, ToDoubleBiFunction<FollowUp, Double> count) {
        List<Row> rows = new ArrayList<>();
        for (Group group : groups) {
            List<String> cells = x.ticks().stream()
                    .map(tick -> tick.value() < group.followUp().start()
                            ? ""
                            : Numbers.count(count.applyAsDouble(group.followUp(), tick.value())))
                    .toList();
            rows.add(new Row(group.curve(), group.label(), cells));
        }
        return new Block(heading, rows);
    }

    /** At risk, where the curve begins with those who enter there; NaN before it begins. */
    static double atRisk(FollowUp followUp, double t) {
        double start = followUp.start();
        if (t < start) {
            return Double.NaN;
        }
        return t == start ? followUp.presentAt(t) : followUp.atRiskAt(t);
    }

    /** How many were followed: all where the curve begins, or, where some entered late, all who left. */
    static double total(FollowUp followUp) {
        double left = followUp.eventsUpTo(Double.POSITIVE_INFINITY) + followUp.censoredUpTo(Double.POSITIVE_INFINITY);
        return Math.max(followUp.presentAt(followUp.start()), left);
    }
}
