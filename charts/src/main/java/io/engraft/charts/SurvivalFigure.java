package io.engraft.charts;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.charts.CurveOptions.Entry;
import io.engraft.curve.FollowUp;
import io.engraft.curve.SurvivalFunction;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Survival curves: one or more named curves with confidence bands, censoring marks, median lines and the table of
 * numbers at risk under the ticks. Models may be laid over estimates.
 *
 * <p>A curve that is also a {@link FollowUp} (an estimate from data) gets censoring marks and rows of the table; others
 * are drawn without. By default there are bands (for up to three curves), marks, and the numbers at risk; median lines
 * are off. A curve with {@link io.engraft.curve.SurvivalBounds} is interrupted where it is known between two values only,
 * and what lies between them is shaded in the place of a band.
 */
@CheckReturnValue
public final class SurvivalFigure extends Figure<SurvivalFigure> {

    private final SurvivalOptions options;

    private SurvivalFigure(SurvivalOptions options) {
        this.options = options;
    }

    /**
     * A figure of several curves.
     *
     * @param curves the curves by name, in the map's order
     * @return the figure
     * @throws InvalidArgumentException when there is no curve, or more than can be told apart (70), or a name is blank
     */
    public static SurvivalFigure of(Map<String, ? extends SurvivalFunction> curves) {
        CurveOptions.requireSome(curves.size());
        SurvivalFigure figure = new SurvivalFigure(new SurvivalOptions());
        for (Map.Entry<String, ? extends SurvivalFunction> entry : curves.entrySet()) {
            figure = figure.withCurve(entry.getKey(), entry.getValue());
        }
        return figure;
    }

    /**
     * A figure of one curve.
     *
     * @param name its name, for example "All patients"
     * @param curve the curve
     * @return the figure
     * @throws InvalidArgumentException when the name is blank
     */
    public static SurvivalFigure of(String name, SurvivalFunction curve) {
        return of(Map.of(name, curve));
    }

    @Override
    SurvivalFigure change(Consumer<FigureOptions> change) {
        return with(change);
    }

    private SurvivalFigure with(Consumer<? super SurvivalOptions> change) {
        return new SurvivalFigure(FigureOptions.changed(options, change));
    }

    private SurvivalFigure withEntry(Entry<SurvivalFunction> entry) {
        CurveOptions.requireNewName(
                entry.name(), options.entries.stream().map(Entry::name).toList());
        return with(o -> o.add(entry));
    }

    /**
     * The same with one more curve.
     *
     * @param name its name
     * @param curve the curve
     * @return a new figure
     * @throws InvalidArgumentException when the name is blank or taken
     */
    public SurvivalFigure withCurve(String name, SurvivalFunction curve) {
        return withEntry(new Entry<>(name, Objects.requireNonNull(curve), false, ""));
    }

    /**
     * The same with a model laid over the estimates, in dashed dark grey.
     *
     * @param name its name in the legend
     * @param model the model
     * @return a new figure
     * @throws InvalidArgumentException when the name is blank or taken
     */
    public SurvivalFigure withOverlay(String name, SurvivalFunction model) {
        return withEntry(new Entry<>(name, Objects.requireNonNull(model), true, ""));
    }

    /**
     * The same with a model laid over one curve, dashed in that curve's colour, darkened.
     *
     * @param name its name in the legend
     * @param model the model
     * @param curve the name of the curve that it models
     * @return a new figure
     * @throws InvalidArgumentException when the name is blank or taken, or there is no such curve
     */
    public SurvivalFigure withOverlay(String name, SurvivalFunction model, String curve) {
        List<String> curves = options.mains().stream().map(Entry::name).toList();
        if (!curves.contains(curve)) {
            throw InvalidArgumentException.ofText("curve under the model", curve, "one of " + curves);
        }
        return withEntry(new Entry<>(name, Objects.requireNonNull(model), true, curve));
    }

    /**
     * How confidence limits are drawn. Without this call: as bands for up to three curves, else not at all.
     *
     * @param style the style
     * @return a new figure
     */
    public SurvivalFigure withConfidence(ConfidenceStyle style) {
        Objects.requireNonNull(style);
        return with(o -> o.confidence = style);
    }

    /**
     * Whether small vertical marks show where somebody was censored. Without this call a curve has them as long as they
     * are few enough (150) to be told apart.
     *
     * @param shown true for marks
     * @return a new figure
     */
    public SurvivalFigure withCensorMarks(boolean shown) {
        return with(o -> o.censorMarks = shown);
    }

    /**
     * Whether dashed lines show the median times; a median that is not reached has none.
     *
     * @param shown true for lines
     * @return a new figure
     */
    public SurvivalFigure withMedianLines(boolean shown) {
        return with(o -> o.medianLines = shown);
    }

    /**
     * The table under the time axis. Without this call there are numbers at risk wherever curves have counts.
     *
     * @param table the table, or {@link RiskTable#none()}
     * @return a new figure
     * @throws InvalidArgumentException when a table is asked for and no curve has counts
     */
    public SurvivalFigure withRiskTable(RiskTable table) {
        if (table.isVisible() && options.entries.stream().allMatch(e -> e.counts() == null)) {
            throw new InvalidArgumentException(
                    "risk table has no counts: no curve is a FollowUp; allowed: estimates from data, or no table");
        }
        return with(o -> o.riskTable = table);
    }

    @Override
    FigureModel model() {
        return new SurvivalModel(options).build();
    }
}
