package io.engraft.calibrate;

import io.engraft.InvalidArgumentException;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.law.LawFamily;
import java.util.List;

/** One calibrated model for every choice of families, and what should be known before one is used. */
public final class CalibrationResult implements Tabular {

    private final List<CalibratedModel> models;
    private final List<String> warnings;

    CalibrationResult(List<CalibratedModel> models, List<String> warnings) {
        this.models = List.copyOf(models);
        this.warnings = List.copyOf(warnings);
    }

    /**
     * All models, whatever became of them.
     *
     * @return one a choice of families
     */
    public List<CalibratedModel> models() {
        return models;
    }

    /**
     * The only model of given families.
     *
     * @param families one family for each open law, in the order in which the laws were opened
     * @return the model
     * @throws InvalidArgumentException when there is none of those families
     */
    public CalibratedModel model(LawFamily... families) {
        List<LawFamily> wanted = List.of(families);
        return models.stream()
                .filter(m -> List.copyOf(m.families().values()).equals(wanted))
                .findFirst()
                .orElseThrow(() -> InvalidArgumentException.of(
                        "families",
                        wanted.stream().map(LawFamily::label).toList(),
                        "one of " + models.stream().map(CalibratedModel::label).toList()));
    }

    /**
     * What should be known before a model is used.
     *
     * @return sentences
     */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * Every target of every model.
     *
     * @return columns families, status, target, low, high, attained, residual, met (yes or no)
     */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .text("families")
                .text("status")
                .text("target")
                .number("low")
                .number("high")
                .number("attained")
                .number("residual")
                .text("met");
        for (CalibratedModel model : models) {
            for (TargetFit fit : model.targets()) {
                table.row(
                        model.label(),
                        model.status().label(),
                        fit.target(),
                        fit.low(),
                        fit.high(),
                        fit.attained(),
                        fit.residual(),
                        fit.met() ? "yes" : "no");
            }
        }
        return table.build();
    }

    /**
     * Every parameter of every model.
     *
     * @return columns families, parameter, value, determined (yes or no)
     */
    public TidyTable tidyParameters() {
        TidyTable.Builder table = TidyTable.builder()
                .text("families")
                .text("parameter")
                .number("value")
                .text("determined");
        models.forEach(m -> m.addRows(table));
        return table.build();
    }

    @Override
    public String toString() {
        return String.join("\n", models.stream().map(CalibratedModel::toString).toList());
    }
}
