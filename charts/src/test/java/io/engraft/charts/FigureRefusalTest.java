package io.engraft.charts;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.InvalidArgumentException;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Figures refuse bad input in words. */
class FigureRefusalTest {

    private static final SurvivalFigure ONE = SurvivalFigure.of("All", Fakes.cure(0.5, 1, 10));

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(InvalidArgumentException.class).hasMessage(message);
    }

    @Test
    void badInputIsRefusedInWords() {
        assertRefused(() -> SurvivalFigure.of(Map.of()), "number of curves is 0; allowed: at least 1");
        assertRefused(() -> CumulativeIncidenceFigure.of(List.of()), "number of curves is 0; allowed: at least 1");
        assertRefused(() -> CumulativeIncidenceFigure.ofGroups(Map.of()), "number of curves is 0; allowed: at least 1");
        assertRefused(
                () -> SurvivalFigure.of(" ", Fakes.cure(0, 1, 1)), "name of a curve is blank; allowed: some words");
        assertRefused(
                () -> ONE.withCurve("All", Fakes.cure(0, 1, 1)),
                "name of a curve is 'All'; allowed: a name not yet used");
        assertRefused(
                () -> ONE.withOverlay("All", Fakes.cure(0, 1, 1)),
                "name of a curve is 'All'; allowed: a name not yet used");
        assertRefused(
                () -> ONE.withOverlay("Model", Fakes.cure(0, 1, 1), "Nobody"),
                "curve under the model is 'Nobody'; allowed: one of [All]");
        assertRefused(
                () -> ONE.withRiskTable(RiskTable.atRisk()),
                "risk table has no counts: no curve is a FollowUp; allowed: estimates from data, or no table");
        assertRefused(() -> ONE.withAltText(" "), "alternative text is blank; allowed: some words");
        assertRefused(Palette::of, "number of colours is 0; allowed: at least 1");
    }

    @Test
    void badAxesAreRefusedInWords() {
        assertRefused(() -> ONE.withXLimits(10, 5), "limits of the time axis are 10.0 and 5.0; allowed: from < to");
        assertRefused(() -> ONE.withXLimits(5, 5), "limits of the time axis are 5.0 and 5.0; allowed: from < to");
        assertRefused(
                () -> ONE.withXLimits(Double.NaN, 5),
                "first limit of the time axis is NaN; allowed: 0 <= first limit of the time axis < infinity");
        assertRefused(
                () -> ONE.withXLimits(0, Double.NaN),
                "last limit of the time axis is NaN; allowed: 0 <= last limit of the time axis < infinity");
        assertRefused(
                () -> ONE.withXLimits(-1, 5),
                "first limit of the time axis is -1.0; allowed: 0 <= first limit of the time axis < infinity");
        assertRefused(ONE::withXBreaks, "number of breaks is 0; allowed: at least 1");
        assertRefused(() -> ONE.withXBreaks(0, 12, 6), "break of the time axis is 6.0; allowed: ascending breaks");
        assertRefused(
                () -> ONE.withXBreaks(Double.NaN),
                "break of the time axis is NaN; allowed: 0 <= break of the time axis < infinity");
        assertRefused(
                () -> ONE.withXBreaksEvery(0),
                "step of the time axis is 0.0; allowed: 0 < step of the time axis < infinity");
        assertRefused(
                () -> ONE.withXBreaksEvery(Double.NaN),
                "step of the time axis is NaN; allowed: 0 < step of the time axis < infinity");
        assertRefused(
                () -> ONE.withSizeMillimetres(20, 100), "width in mm is 20.0; allowed: 60 <= width in mm <= 2000");
        assertRefused(
                () -> ONE.withSizeMillimetres(100, Double.NaN),
                "height in mm is NaN; allowed: 45 <= height in mm <= 2000");
        assertRefused(() -> ONE.withWidthMillimetres(1e9), "width in mm is 1.0E9; allowed: 60 <= width in mm <= 2000");
        assertRefused(ONE::toChart, "time axis has no end: no curve has a last time; allowed: withXLimits(from, to)");
    }

    @Test
    void badIncidencesAndStatesAreRefusedInWords() {
        CumulativeIncidenceFigure figure = GalleryTest.twoCauses();
        var relapse = Fakes.smoothIncidence("Relapse", t -> 0.1);
        assertRefused(
                () -> figure.withCurve(CumulativeIncidenceFigure.ALL, relapse),
                "cause of group All patients is 'Relapse'; allowed: a cause not yet drawn");
        assertRefused(() -> figure.withCurve("", relapse), "name of a group is blank; allowed: some words");
        assertRefused(() -> figure.withYLimit(0), "top of the probability axis is 0.0; allowed: 0.000001 <= top <= 1");
        assertRefused(
                () -> figure.withYLimit(Double.NaN),
                "top of the probability axis is NaN; allowed: 0.000001 <= top <= 1");
        assertRefused(
                () -> CumulativeIncidenceFigure.of(relapse)
                        .withXLimits(0, 5)
                        .withRiskTable(RiskTable.atRisk())
                        .toChart(),
                "risk table has no counts: no curve is a FollowUp; allowed: withFollowUp(group, counts), or no table");
        assertRefused(
                () -> figure.withCauseLabel("NRM", "Relapse").toChart(),
                "name of a curve is 'Relapse'; allowed: a name not yet used");
        StateOccupationFigure states =
                StateOccupationFigure.of(Fakes.states(List.of("a", "b"), List.of(t -> 0.5, t -> 0.5), 10));
        assertRefused(
                () -> states.withOrder(List.of("a", "a")), "order of states is [a, a]; allowed: each once of [a, b]");
        assertRefused(() -> states.withStateLabel("c", "C"), "state is 'c'; allowed: one of [a, b]");
        assertRefused(() -> states.withStateColor("c", java.awt.Color.RED), "state is 'c'; allowed: one of [a, b]");
        assertRefused(
                () -> states.withStateLabel("a", "b").toChart(),
                "labels of states is [b, b]; allowed: distinct labels");
        assertRefused(
                () -> StateOccupationFigure.of(Fakes.states(List.of(), List.of(), 10)),
                "number of states is 0; allowed: at least 1");
    }

    @Test
    void whatIsNotDrawnCannotBeNamed() {
        CumulativeIncidenceFigure figure = GalleryTest.twoCauses();
        assertRefused(
                () -> figure.withCauseLabel("relapse", "Relapse"),
                "cause is 'relapse'; allowed: one of [Relapse, NRM]");
        assertRefused(
                () -> figure.withFollowUp("All", Fakes.simulated(3, 25, 0.5, 10, 60)),
                "group is 'All'; allowed: one of [All patients]");
        assertRefused(
                () -> figure.withCauseLabel(1, "Relapse"),
                "status code of a cause is 1; allowed: a cause by its label, one of [Relapse, NRM], as no curve has"
                        + " status codes");
    }
}
