package io.engraft.calibrate.rates;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.PointEstimate;
import io.engraft.data.DurationUnit;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.law.LawFamily;
import io.engraft.law.LawOfTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Models that meet the same rates and timing targets, one a family, and what should be known before they are used. */
public final class CompetingRatesResult implements Tabular {

    private final List<CompetingRatesModel> models;
    private final List<String> warnings;
    private final DurationUnit unit;

    CompetingRatesResult(List<CompetingRatesModel> models, List<String> warnings, DurationUnit unit) {
        this.models = List.copyOf(models);
        this.warnings = List.copyOf(warnings);
        this.unit = unit;
    }

    /**
     * The models.
     *
     * @return one a family, in the order of the families
     */
    public List<CompetingRatesModel> models() {
        return models;
    }

    /**
     * The model of one family.
     *
     * @param family the family
     * @return its model
     * @throws InvalidArgumentException when the calibration has none of that family
     */
    public CompetingRatesModel model(LawFamily family) {
        return models.stream()
                .filter(m -> m.family() == family)
                .findFirst()
                .orElseThrow(() -> InvalidArgumentException.of(
                        "family",
                        family.label(),
                        "one of " + models.stream().map(m -> m.family().label()).toList()));
    }

    /**
     * What should be known before the models are used.
     *
     * @return sentences
     */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * The unit of all times.
     *
     * @return the unit
     */
    public DurationUnit unit() {
        return unit;
    }

    /**
     * The curves at the times asked for.
     *
     * @return columns family, curve (survival, relapse, nrm), time, probability, std_error, lower, upper
     */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .text("family")
                .text("curve")
                .number("time")
                .number("probability")
                .number("std_error")
                .number("lower")
                .number("upper");
        for (CompetingRatesModel model : models) {
            for (CompetingRatesModel.Point point : model.points()) {
                row(table, model, "survival", point.time(), point.survival());
                row(table, model, "relapse", point.time(), point.relapse());
                row(table, model, "nrm", point.time(), point.nrm());
            }
        }
        return table.build();
    }

    private static void row(
            TidyTable.Builder table, CompetingRatesModel model, String curve, double t, PointEstimate p) {
        table.row(
                model.family().label(),
                curve,
                t,
                p.estimate(),
                p.standardError().orElse(Double.NaN),
                p.interval().lower().orElse(Double.NaN),
                p.interval().upper().orElse(Double.NaN));
    }

    /**
     * The fates and the parameters of their laws.
     *
     * @return columns family, fate, probability, lower, upper, parameter, value; one row a parameter
     */
    public TidyTable tidyFates() {
        TidyTable.Builder table = TidyTable.builder()
                .text("family")
                .text("fate")
                .number("probability")
                .number("lower")
                .number("upper")
                .text("parameter")
                .number("value");
        for (CompetingRatesModel model : models) {
            for (CompetingRatesModel.CalibratedFate fate : model.fates()) {
                LawOfTime law = fate.law();
                PointEstimate p = fate.probability();
                double lower = p.interval().lower().orElse(Double.NaN);
                double upper = p.interval().upper().orElse(Double.NaN);
                String family = model.family().label();
                if (law == null) {
                    table.row(family, fate.fate(), p.estimate(), lower, upper, null, null);
                    continue;
                }
                for (Map.Entry<String, Double> parameter : law.parameters().entrySet()) {
                    table.row(
                            family, fate.fate(), p.estimate(), lower, upper, parameter.getKey(), parameter.getValue());
                }
            }
        }
        return table.build();
    }

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        for (CompetingRatesModel m : models) {
            List<String> fates = new ArrayList<>();
            m.fates().forEach(f -> fates.add(f.fate() + " " + f.probability()));
            lines.add(m.family().label() + ": " + String.join(", ", fates));
        }
        return String.join("\n", lines);
    }
}
