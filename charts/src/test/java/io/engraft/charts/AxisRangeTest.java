package io.engraft.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.InvalidArgumentException;
import io.engraft.data.DurationUnit;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any finite times give a sound axis at once, or a refusal in words. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AxisRangeTest {

    private static final int MOST_TICKS = 20;
    private static final SurvivalEstimate FOUR =
            KaplanMeier.withDefaults().fit(new double[] {1, 2, 3, 4}, new int[] {1, 0, 1, 0});

    @ParameterizedTest
    @ValueSource(
            doubles = {
                Double.MAX_VALUE,
                Double.MAX_VALUE / 2,
                1e300,
                1e16,
                1e-9,
                1e-300,
                Double.MIN_NORMAL,
                Double.MIN_VALUE
            })
    void timesThatNoAxisCanShowAreRefused(double last) {
        SurvivalFigure figure = SurvivalFigure.of(
                "All", KaplanMeier.withDefaults().fit(new double[] {last / 2, last}, new int[] {1, 0}));
        assertThatThrownBy(figure::toChart)
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageStartingWith("time axis would go from 0.0 to " + last)
                .hasMessageContaining("give the times in another unit");
        assertThat(figure.toString()).contains("cannot be drawn");
        SurvivalFigure limited = figure.withXLimits(0, last);
        assertThatThrownBy(limited::toChart).isInstanceOf(InvalidArgumentException.class);
        assertThat(figure.withXEnd(10).toChart().svg()).contains("</svg>");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e15, 999999999999999.0, 12345678.9, 1, 0.3, 1e-7, 1.1e-8})
    void theWidestAndTheShortestAxesAreDrawn(double last) {
        FigureChart chart = SurvivalFigure.of(
                        "All",
                        KaplanMeier.withDefaults().fit(new double[] {last / 3, last / 2, last}, new int[] {1, 1, 0}))
                .toChart();
        assertThat(chart.svg()).contains("</svg>");
        assertThat(chart.bytes(ImageFormat.PNG)).isNotEmpty();
        TextBoxes.assertNoOverlap(chart);
        List<String> labels =
                chart.model().x().ticks().stream().map(Axis.Tick::label).toList();
        assertThat(labels).doesNotHaveDuplicates().hasSizeBetween(2, MOST_TICKS);
    }

    @Test
    void anyRangeHasAFewTicksInsideIt() {
        SplittableRandom random = new SplittableRandom(1);
        int drawn = 0;
        for (int i = 0; i < 20_000; i++) {
            double a = Math.abs(Double.longBitsToDouble(random.nextLong()));
            double b = Math.abs(Double.longBitsToDouble(random.nextLong()));
            boolean usual = i % 2 == 0;
            double to = usual ? Math.pow(10, random.nextDouble(-9, 16)) : Math.max(a, b);
            double from = random.nextInt(3) == 0 ? 0 : usual ? to * random.nextDouble() : Math.min(a, b);
            if (!(to < Double.POSITIVE_INFINITY) || !(from < to)) {
                continue;
            }
            FigureOptions options = new SurvivalOptions();
            if (random.nextBoolean()) {
                List<DurationUnit> units = List.of(DurationUnit.values());
                options.unit = units.get(random.nextInt(units.size()));
            }
            Axis axis;
            try {
                axis = AxisMaker.time(options, from, List.of(to), true);
            } catch (InvalidArgumentException e) {
                assertThat(e).hasMessageStartingWith("time axis would go from");
                continue;
            }
            drawn++;
            assertThat(axis.ticks()).as("%s to %s", from, to).hasSizeBetween(2, MOST_TICKS);
            assertThat(axis.min()).isEqualTo(from);
            assertThat(axis.max()).isGreaterThanOrEqualTo(to);
            double before = -1;
            for (Axis.Tick tick : axis.ticks()) {
                assertThat(tick.value())
                        .isBetween(from, axis.max() * (1 + 1e-9))
                        .isGreaterThan(before);
                before = tick.value();
            }
        }
        assertThat(drawn).isGreaterThan(5_000);
    }

    @Test
    void aStepFarTooFineIsWidened() {
        Axis axis =
                SurvivalFigure.of("All", FOUR).withXBreaksEvery(1e-12).model().x();
        assertThat(axis.ticks()).hasSizeBetween(2, 202);
    }

    @Test
    void moreCurvesThanCanBeToldApartAreRefused() {
        Map<String, SurvivalEstimate> many = new LinkedHashMap<>();
        for (int i = 0; i < 100_000; i++) {
            many.put("g" + i, FOUR);
        }
        assertThatThrownBy(() -> SurvivalFigure.of(many))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("number of curves is 100000; allowed: at most 70, as no more can be told apart");
        many.keySet().removeIf(name -> name.length() > 3);
        assertThat(many).hasSize(100);
        many.keySet().removeIf(name -> Integer.parseInt(name.substring(1)) >= 70);
        SurvivalFigure most = SurvivalFigure.of(many);
        assertThat(most.toChart().svg()).contains("g69");
        assertThatThrownBy(() -> most.withCurve("one more", FOUR)).hasMessageStartingWith("number of curves is 71");
    }
}
