package io.engraft.charts;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.charts.CurveOptions.Entry;
import io.engraft.curve.FollowUp;
import io.engraft.curve.IncidenceFunction;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Cumulative incidence curves, by cause, by group, or both. Each curve belongs to a group of patients and has a cause;
 * it is named by what tells the curves apart: the cause, the group, or "group, cause". Curves of one group share a row of
 * the table of numbers at risk.
 *
 * <p>By default there are bands (for up to three curves), labels at the curves' ends (a legend for more
 * than six curves, or where a model is laid over), and numbers at risk for groups with counts: a curve that is also a
 * {@link FollowUp} brings them, or {@link #withFollowUp}.
 */
@CheckReturnValue
public final class CumulativeIncidenceFigure extends Figure<CumulativeIncidenceFigure> {

    /** The group's name where all curves come from one. */
    public static final String ALL = "All patients";

    private static final double LEAST_TOP = 1e-6;

    private final IncidenceOptions options;

    private CumulativeIncidenceFigure(IncidenceOptions options) {
        this.options = options;
    }

    /**
     * A figure of several causes in one group of patients.
     *
     * @param causes one curve a cause
     * @return the figure
     * @throws InvalidArgumentException when there is no curve, or more than can be told apart (70), or a cause comes twice
     */
    public static CumulativeIncidenceFigure of(List<? extends IncidenceFunction> causes) {
        CurveOptions.requireSome(causes.size());
        CumulativeIncidenceFigure figure = new CumulativeIncidenceFigure(new IncidenceOptions());
        for (IncidenceFunction cause : causes) {
            figure = figure.withCurve(ALL, cause);
        }
        return figure;
    }

    /**
     * A figure of several causes in one group of patients.
     *
     * @param causes one curve a cause
     * @return the figure
     * @throws InvalidArgumentException when there is no curve, or more than can be told apart (70), or a cause comes twice
     */
    public static CumulativeIncidenceFigure of(IncidenceFunction... causes) {
        return of(List.of(causes));
    }

    /**
     * A figure of one or more groups.
     *
     * @param groups the curve of each group, by the group's name, in the map's order; more causes with {@link #withCurve}
     * @return the figure
     * @throws InvalidArgumentException when there is no curve, or more than can be told apart (70), or a name is blank
     */
    public static CumulativeIncidenceFigure ofGroups(Map<String, ? extends IncidenceFunction> groups) {
        CurveOptions.requireSome(groups.size());
        CumulativeIncidenceFigure figure = new CumulativeIncidenceFigure(new IncidenceOptions());
        for (Map.Entry<String, ? extends IncidenceFunction> entry : groups.entrySet()) {
            figure = figure.withCurve(entry.getKey(), entry.getValue());
        }
        return figure;
    }

    @Override
    CumulativeIncidenceFigure change(Consumer<FigureOptions> change) {
        return with(change);
    }

    private CumulativeIncidenceFigure with(Consumer<? super IncidenceOptions> change) {
        return new CumulativeIncidenceFigure(FigureOptions.changed(options, change));
    }

    /**
     * The same with one more curve.
     *
     * @param group the group of patients
     * @param curve the curve of one cause
     * @return a new figure
     * @throws InvalidArgumentException when the group's name is blank, or it has a curve of this cause already
     */
    public CumulativeIncidenceFigure withCurve(String group, IncidenceFunction curve) {
        if (group.isBlank()) {
            throw InvalidArgumentException.of("name of a group", "blank", "some words");
        }
        if (options.mains().stream()
                .anyMatch(e -> e.name().equals(group) && e.function().cause().equals(curve.cause()))) {
            throw InvalidArgumentException.ofText("cause of group " + group, curve.cause(), "a cause not yet drawn");
        }
        return with(o -> o.add(new Entry<>(group, curve, false, "")));
    }

    /**
     * The same with a model laid over the estimates, in dashed dark grey.
     *
     * @param name its name in the legend
     * @param model the model
     * @return a new figure
     * @throws InvalidArgumentException when the name is blank or taken
     */
    public CumulativeIncidenceFigure withOverlay(String name, IncidenceFunction model) {
        return overlaying(name, model, "");
    }

    /**
     * The same with a model laid over the curve of one cause, dashed in that curve's colour, darkened. It is for figures
     * of one group of patients, where colours tell the causes apart.
     *
     * @param name its name in the legend
     * @param model the model
     * @param cause the cause of the curve that it models, as that curve names it
     * @return a new figure
     * @throws InvalidArgumentException when the name is blank or taken, no curve has that cause, or there are more groups
     *     than one
     */
    public CumulativeIncidenceFigure withOverlay(String name, IncidenceFunction model, String cause) {
        List<String> causes = options.causes();
        if (!causes.contains(cause)) {
            throw InvalidArgumentException.ofText("cause under the model", cause, "one of " + causes);
        }
        int groups = options.groups().size();
        if (groups > 1) {
            throw InvalidArgumentException.of("groups under a model of one cause", groups, "1");
        }
        return overlaying(name, model, cause);
    }

    /**
     * The same with a model laid over the curve of one cause, which its status code names; see
     * {@link #withOverlay(String, IncidenceFunction, String)}.
     *
     * @param name its name in the legend
     * @param model the model
     * @param code the status code of the cause of the curve that it models, from 1; only curves of data with such codes
     *     have one ({@link IncidenceFunction#causeCode()})
     * @return a new figure
     * @throws InvalidArgumentException when the name is blank or taken, no curve has that code, or there are more groups
     *     than one
     */
    public CumulativeIncidenceFigure withOverlay(String name, IncidenceFunction model, int code) {
        return withOverlay(name, model, options.causesOf(code).get(0));
    }

    private CumulativeIncidenceFigure overlaying(String name, IncidenceFunction model, String over) {
        List<String> overlays =
                options.entries.stream().filter(Entry::overlay).map(Entry::name).toList();
        CurveOptions.requireNewName(name, overlays);
        Objects.requireNonNull(model);
        return with(o -> o.add(new Entry<>(name, model, true, over)));
    }

    /**
     * What a cause is called in the figure.
     *
     * @param cause the cause as the curves name it, for example "1"
     * @param label the words to show, for example "Relapse"
     * @return a new figure
     * @throws InvalidArgumentException when no curve, drawn so far, has that cause
     */
    public CumulativeIncidenceFigure withCauseLabel(String cause, String label) {
        List<String> causes = IncidenceOptions.causes(options.entries.stream()).toList();
        if (!causes.contains(cause)) {
            throw InvalidArgumentException.ofText("cause", cause, "one of " + causes);
        }
        Objects.requireNonNull(label);
        return with(o -> o.causeLabels = FigureOptions.put(o.causeLabels, cause, label));
    }

    /**
     * What a cause is called in the figure, the cause named by its status code.
     *
     * @param code the status code, from 1; only curves of data with such codes have one
     *     ({@link IncidenceFunction#causeCode()})
     * @param label the words to show, for example "Relapse"
     * @return a new figure
     * @throws InvalidArgumentException when no curve, drawn so far, has that code
     */
    public CumulativeIncidenceFigure withCauseLabel(int code, String label) {
        CumulativeIncidenceFigure figure = this;
        for (String cause : options.causesOf(code)) {
            figure = figure.withCauseLabel(cause, label);
        }
        return figure;
    }

    /**
     * The counts of a group, where its curves do not bring them.
     *
     * @param group the group's name; {@link #ALL} where there is but one
     * @param counts the counts
     * @return a new figure
     * @throws InvalidArgumentException when no curve, drawn so far, is of that group
     */
    public CumulativeIncidenceFigure withFollowUp(String group, FollowUp counts) {
        List<String> groups = options.groups();
        if (!groups.contains(group)) {
            throw InvalidArgumentException.ofText("group", group, "one of " + groups);
        }
        Objects.requireNonNull(counts);
        return with(o -> o.followUps = FigureOptions.put(o.followUps, group, counts));
    }

    /**
     * How confidence limits are drawn. Without this call: as bands for up to three curves, else not at all.
     *
     * @param style the style
     * @return a new figure
     */
    public CumulativeIncidenceFigure withConfidence(ConfidenceStyle style) {
        Objects.requireNonNull(style);
        return with(o -> o.confidence = style);
    }

    /**
     * Whether the curves are named at their ends, with the last value, or in a legend.
     *
     * @param shown true for labels at the ends, false for a legend
     * @return a new figure
     */
    public CumulativeIncidenceFigure withEndLabels(boolean shown) {
        return with(o -> o.endLabels = shown);
    }

    /**
     * The table under the time axis. Without this call there are numbers at risk wherever groups have counts.
     *
     * @param table the table, or {@link RiskTable#none()}
     * @return a new figure
     */
    public CumulativeIncidenceFigure withRiskTable(RiskTable table) {
        Objects.requireNonNull(table);
        return with(o -> o.riskTable = table);
    }

    /**
     * The top of the probability axis; without this call it suits the curves.
     *
     * @param top at least a millionth, at most 1
     * @return a new figure
     * @throws InvalidArgumentException when it is outside
     */
    public CumulativeIncidenceFigure withYLimit(double top) {
        if (!(top >= LEAST_TOP && top <= 1)) {
            throw InvalidArgumentException.of("top of the probability axis", top, "0.000001 <= top <= 1");
        }
        return with(o -> o.yTo = top);
    }

    @Override
    FigureModel model() {
        return new IncidenceModel(options).build();
    }
}
