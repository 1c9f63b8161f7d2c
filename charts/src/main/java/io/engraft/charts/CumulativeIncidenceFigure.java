package io.engraft.charts;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.FollowUp;
import io.engraft.curve.IncidenceFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Cumulative incidence curves, by cause, by group, or both. Each curve belongs to a group of patients and has a cause;
 * it is named by what tells the curves apart: the cause, the group, or "group, cause". Curves of one group share a row of
 * the table of numbers at risk.
 *
 * <p>By default there are bands (for up to three curves), labels at the curves' ends (a legend for more than six curves, or where a model is laid
 * over), and numbers at risk for groups with counts: a curve that is also a {@link FollowUp} brings them, or
 * {@link #followUp}.
 */
public final class CumulativeIncidenceFigure extends Figure<CumulativeIncidenceFigure> {

    /** The group's name where all curves come from one. */
    public static final String ALL = "All patients";

    private final List<IncidenceModel.Entry> entries;
    private final IncidenceSettings settings;

    private CumulativeIncidenceFigure(
            FigureOptions options, List<IncidenceModel.Entry> entries, IncidenceSettings settings) {
        super(options);
        this.entries = entries;
        this.settings = settings;
    }

    private static CumulativeIncidenceFigure empty() {
        FigureOptions options = new FigureOptions().with(o -> {
            o.yLabel = "Cumulative incidence";
            o.percent = true;
        });
        return new CumulativeIncidenceFigure(options, List.of(), IncidenceSettings.DEFAULTS);
    }

    /**
     * A figure of several causes in one group of patients.
     *
     * @param causes one curve a cause
     * @return the figure
     * @throws InvalidArgumentException when there is no curve, or a cause comes twice
     */
    public static CumulativeIncidenceFigure of(List<? extends IncidenceFunction> causes) {
        requireSome(causes.size());
        CumulativeIncidenceFigure figure = empty();
        for (IncidenceFunction cause : causes) {
            figure = figure.curve(ALL, cause);
        }
        return figure;
    }

    /**
     * A figure of several causes in one group of patients.
     *
     * @param causes one curve a cause
     * @return the figure
     * @throws InvalidArgumentException when there is no curve, or a cause comes twice
     */
    public static CumulativeIncidenceFigure of(IncidenceFunction... causes) {
        return of(List.of(causes));
    }

    /**
     * A figure of one or more groups.
     *
     * @param groups the curve of each group, by the group's name, in the map's order; more causes with {@link #curve}
     * @return the figure
     * @throws InvalidArgumentException when there is no curve, or a name is blank
     */
    public static CumulativeIncidenceFigure ofGroups(Map<String, ? extends IncidenceFunction> groups) {
        requireSome(groups.size());
        CumulativeIncidenceFigure figure = empty();
        for (Map.Entry<String, ? extends IncidenceFunction> entry : groups.entrySet()) {
            figure = figure.curve(entry.getKey(), entry.getValue());
        }
        return figure;
    }

    private static void requireSome(int curves) {
        if (curves == 0) {
            throw InvalidArgumentException.of("number of curves", 0, "at least 1");
        }
    }

    @Override
    CumulativeIncidenceFigure with(FigureOptions changed) {
        return new CumulativeIncidenceFigure(changed, entries, settings);
    }

    private CumulativeIncidenceFigure with(IncidenceSettings changed) {
        return new CumulativeIncidenceFigure(options, entries, changed);
    }

    private CumulativeIncidenceFigure adding(IncidenceModel.Entry entry) {
        List<IncidenceModel.Entry> longer = new ArrayList<>(entries);
        longer.add(entry);
        return new CumulativeIncidenceFigure(options, List.copyOf(longer), settings);
    }

    /**
     * The same with one more curve.
     *
     * @param group the group of patients
     * @param curve the curve of one cause
     * @return a new figure
     * @throws InvalidArgumentException when the group's name is blank, or it has a curve of this cause already
     */
    public CumulativeIncidenceFigure curve(String group, IncidenceFunction curve) {
        if (group.isBlank()) {
            throw InvalidArgumentException.of("name of a group", "blank", "some words");
        }
        if (entries.stream()
                .anyMatch(e -> !e.overlay()
                        && e.group().equals(group)
                        && e.function().cause().equals(curve.cause()))) {
            throw InvalidArgumentException.of(
                    "cause of group " + group, "'" + curve.cause() + "'", "a cause not yet drawn");
        }
        return adding(new IncidenceModel.Entry(group, curve, false, ""));
    }

    /**
     * The same with a model laid over the estimates, in dashed dark grey.
     *
     * @param name its name in the legend
     * @param model the model
     * @return a new figure
     * @throws InvalidArgumentException when the name is blank or taken
     */
    public CumulativeIncidenceFigure overlay(String name, IncidenceFunction model) {
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
    public CumulativeIncidenceFigure overlay(String name, IncidenceFunction model, String cause) {
        List<IncidenceModel.Entry> mains =
                entries.stream().filter(e -> !e.overlay()).toList();
        Set<String> causes = mains.stream().map(e -> e.function().cause()).collect(Collectors.toSet());
        if (!causes.contains(cause)) {
            throw InvalidArgumentException.of("cause under the model", "'" + cause + "'", "one of " + causes);
        }
        long groups = mains.stream().map(IncidenceModel.Entry::group).distinct().count();
        if (groups > 1) {
            throw InvalidArgumentException.of("groups under a model of one cause", groups, "1");
        }
        return overlaying(name, model, cause);
    }

    private CumulativeIncidenceFigure overlaying(String name, IncidenceFunction model, String over) {
        Set<String> overlays = entries.stream()
                .filter(IncidenceModel.Entry::overlay)
                .map(IncidenceModel.Entry::group)
                .collect(Collectors.toSet());
        SurvivalFigure.requireNewName(name, overlays);
        return adding(new IncidenceModel.Entry(name, Objects.requireNonNull(model), true, over));
    }

    /**
     * What a cause is called in the figure.
     *
     * @param cause the cause as the curves name it, for example "1"
     * @param label the words to show, for example "Relapse"
     * @return a new figure
     */
    public CumulativeIncidenceFigure causeLabel(String cause, String label) {
        return with(settings.withCauseLabel(cause, label));
    }

    /**
     * The counts of a group, where its curves do not bring them.
     *
     * @param group the group's name; {@link #ALL} where there is but one
     * @param counts the counts
     * @return a new figure
     */
    public CumulativeIncidenceFigure followUp(String group, FollowUp counts) {
        return with(settings.withFollowUp(group, counts));
    }

    /**
     * How confidence limits are drawn. Without this call: as bands for up to three curves, else not at all.
     *
     * @param style the style
     * @return a new figure
     */
    public CumulativeIncidenceFigure confidence(ConfidenceStyle style) {
        return with(settings.withConfidence(Objects.requireNonNull(style)));
    }

    /**
     * Whether the curves are named at their ends, with the last value, or in a legend.
     *
     * @param shown true for labels at the ends, false for a legend
     * @return a new figure
     */
    public CumulativeIncidenceFigure endLabels(boolean shown) {
        return with(settings.withEndLabels(shown));
    }

    /**
     * The table under the time axis. Without this call there are numbers at risk wherever groups have counts.
     *
     * @param table the table, or {@link RiskTable#none()}
     * @return a new figure
     */
    public CumulativeIncidenceFigure riskTable(RiskTable table) {
        return with(settings.withRiskTable(Objects.requireNonNull(table)));
    }

    /**
     * The top of the probability axis; without this call it suits the curves.
     *
     * @param top above 0, at most 1
     * @return a new figure
     * @throws InvalidArgumentException when it is outside
     */
    public CumulativeIncidenceFigure yLimit(double top) {
        if (!(top > 0 && top <= 1)) {
            throw InvalidArgumentException.of("top of the probability axis", top, "0 < top <= 1");
        }
        return with(options.with(o -> o.yTo = top));
    }

    @Override
    FigureModel model() {
        return new IncidenceModel(options, entries, settings).build();
    }
}
