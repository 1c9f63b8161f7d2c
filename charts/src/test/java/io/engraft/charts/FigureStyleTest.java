package io.engraft.charts;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.CheckReturnValue;
import io.engraft.data.DurationUnit;
import java.awt.Color;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is immutable is changed in one way: by {@code with...}, in a copy, and the compiler minds a dropped copy. */
class FigureStyleTest {

    private static final List<Class<?>> FIGURES =
            List.of(SurvivalFigure.class, CumulativeIncidenceFigure.class, StateOccupationFigure.class);

    private static Stream<Method> changes(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(m -> !m.isBridge() && !m.isSynthetic())
                .filter(m -> !Modifier.isStatic(m.getModifiers()))
                .filter(m -> m.getReturnType().isAssignableFrom(type) && m.getReturnType() != Object.class);
    }

    @Test
    void everyChangeIsCalledWithAndItsResultMustBeUsed() {
        List<Class<?>> immutable = Stream.concat(FIGURES.stream(), Stream.of(Palette.class, RiskTable.class))
                .toList();
        for (Class<?> type : immutable) {
            assertThat(changes(type)).as(type.getSimpleName()).isNotEmpty().allSatisfy(m -> {
                assertThat(m.getName()).startsWith("with");
                assertThat(m.getDeclaringClass().isAnnotationPresent(CheckReturnValue.class))
                        .isTrue();
            });
        }
    }

    private static <F extends Figure<F>> Map<String, UnaryOperator<F>> shared() {
        Map<String, UnaryOperator<F>> all = new LinkedHashMap<>();
        all.put("withTitle", f -> f.withTitle("other"));
        all.put("withSubtitle", f -> f.withSubtitle("other"));
        all.put("withCaption", f -> f.withCaption("other"));
        all.put("withXLabel", f -> f.withXLabel("other"));
        all.put("withYLabel", f -> f.withYLabel("other"));
        all.put("withAnnotation", f -> f.withAnnotation("other"));
        all.put("withAltText", f -> f.withAltText("other"));
        all.put("withUnit", f -> f.withUnit(DurationUnit.YEARS));
        all.put("withXLimits", f -> f.withXLimits(0, 30));
        all.put("withXBreaks", f -> f.withXBreaks(0, 7));
        all.put("withXBreaksEvery", f -> f.withXBreaksEvery(7));
        all.put("withPercentAxis", f -> f.withPercentAxis(f instanceof SurvivalFigure));
        all.put("withPalette", f -> f.withPalette(Palette.of(Color.PINK)));
        all.put("withWidthMillimetres", f -> f.withWidthMillimetres(100));
        all.put("withSizeMillimetres", f -> f.withSizeMillimetres(150, 140));
        all.put("withDotsPerInch", f -> f.withDotsPerInch(300));
        all.put("withXEnd", f -> f.withXEnd(31));
        return all;
    }

    /** The drawing, and what only pixels show of it. */
    private static String look(Figure<?> figure) {
        return figure.toChart().svg("a-") + figure.model().options().dotsPerInch;
    }

    private static Map<String, UnaryOperator<SurvivalFigure>> survival() {
        Map<String, UnaryOperator<SurvivalFigure>> all = shared();
        all.put("withCurve", f -> f.withCurve("More", Fakes.cure(0.1, 1, 2)));
        all.put("withOverlay", f -> f.withOverlay("Model", Fakes.cure(0.1, 1, 2), "ALL"));
        all.put("withConfidence", f -> f.withConfidence(ConfidenceStyle.NONE));
        all.put("withCensorMarks", f -> f.withCensorMarks(false));
        all.put("withMedianLines", f -> f.withMedianLines(false));
        all.put("withRiskTable", f -> f.withRiskTable(RiskTable.none()));
        return all;
    }

    private static Map<String, UnaryOperator<CumulativeIncidenceFigure>> incidence() {
        Map<String, UnaryOperator<CumulativeIncidenceFigure>> all = shared();
        all.put("withCurve", f -> f.withCurve("More", Fakes.smoothIncidence("NRM", t -> 0.3)));
        all.put("withOverlay", f -> f.withOverlay("Model", Fakes.smoothIncidence("NRM", t -> 0.3), "NRM"));
        all.put("withCauseLabel", f -> f.withCauseLabel("NRM", "other"));
        all.put(
                "withFollowUp",
                f -> f.withFollowUp(CumulativeIncidenceFigure.ALL, Fakes.simulated(3, 25, 0.5, 10, 60)));
        all.put("withConfidence", f -> f.withConfidence(ConfidenceStyle.LINES));
        all.put("withEndLabels", f -> f.withEndLabels(false));
        all.put("withRiskTable", f -> f.withRiskTable(RiskTable.none()));
        all.put("withYLimit", f -> f.withYLimit(0.7));
        return all;
    }

    private static Map<String, UnaryOperator<StateOccupationFigure>> states() {
        Map<String, UnaryOperator<StateOccupationFigure>> all = shared();
        all.put(
                "withOrder",
                f -> f.withOrder(List.of(
                        "Dead without relapse",
                        "Alive after 2nd transplant",
                        "Alive after relapse",
                        "Dead after relapse",
                        "Alive in remission")));
        all.put("withStateLabel", f -> f.withStateLabel("Alive after relapse", "other"));
        all.put("withStateColor", f -> f.withStateColor("Alive after relapse", Color.PINK));
        return all;
    }

    /** Every change that there is gives another figure, and leaves the first as it was. */
    private static <F extends Figure<F>> void assertImmutable(F figure, Map<String, UnaryOperator<F>> changes) {
        Set<String> known =
                changes(figure.getClass()).map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
        assertThat(changes.keySet()).containsExactlyInAnyOrderElementsOf(known);
        String before = look(figure);
        changes.forEach((name, change) -> {
            assertThat(look(change.apply(figure))).as(name).isNotEqualTo(before);
            assertThat(look(figure)).as("after " + name).isEqualTo(before);
        });
    }

    @Test
    void figuresAreImmutable() {
        assertImmutable(GalleryTest.threeGroupFigure(), survival());
        assertImmutable(GalleryTest.twoCauses(), incidence());
        assertImmutable(GalleryTest.states(), states());
    }

    @Test
    void aFigureSaysWhatItShows() {
        Fakes.KaplanMeier km = new Fakes.KaplanMeier(new double[] {1, 2, 3, 4}, new int[] {1, 0, 1, 0});
        SurvivalFigure figure = SurvivalFigure.of("All", km).withUnit(DurationUnit.YEARS);
        String words = "Survival curve from 0 to 4 years. All (n = 4): 0.75 at 2 years, 0.38 at 3 years,"
                + " 0.38 at 4 years; median 3 years (95% CI 1.5 to not estimable).";
        assertThat(figure).hasToString("SurvivalFigure: " + words);
        assertThat(figure.withSizeMillimetres(127, 101.6).toChart())
                .hasToString("FigureChart, 480 x 384 pixels: " + words);
        assertThat(GalleryTest.twoCauses().toString()).startsWith("CumulativeIncidenceFigure: Cumulative incidence of");
        assertThat(GalleryTest.states().toString()).startsWith("StateOccupationFigure: Where patients are over time.");
        assertThat(SurvivalFigure.of("Model", Fakes.cure(0.5, 1, 10)))
                .hasToString("SurvivalFigure, which cannot be drawn as it stands: time axis has no end: no curve has a"
                        + " last time; allowed: withXLimits(from, to)");
    }

    @Test
    void whatAFigureIsMadeOfSaysItToo() {
        assertThat(Palette.grey()).hasToString("Palette with dashes: #1a1a1a, #5e5e5e, #8c8c8c");
        assertThat(Palette.of(new Color(0x00, 0x72, 0xB2, 0x80)).withDashes(false))
                .hasToString("Palette without dashes: #0072b2");
        assertThat(Palette.grey().withDashes(false).withDashes(true).toString()).startsWith("Palette with dashes");
        assertThat(RiskTable.none()).hasToString("No risk table");
        assertThat(RiskTable.atRisk()).hasToString("Numbers at risk");
        assertThat(RiskTable.atRisk().withCumulativeCensored().withCumulativeEvents())
                .hasToString("Numbers at risk, events so far, censored so far");
    }
}
