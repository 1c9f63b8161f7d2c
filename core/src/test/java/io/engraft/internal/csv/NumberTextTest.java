package io.engraft.internal.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "7",
                "+3",
                "-2.5",
                ".5",
                "5.",
                "007",
                "1e3",
                "1E-3",
                "1.5e+10",
                "131.77",
                "0.1",
                "1e400",
                "-1e400",
                "123456789012345678901234567890",
                "0.000000000000000000000000000000123",
                "9007199254740993",
                "9007199254740992.5",
                "123456789.123456789123",
                "4.9e-324",
                "1e-400"
            })
    void readsWhatTheGrammarHasAsJavaDoes(String text) {
        assertThat(NumberText.parse(text)).isEqualTo(Double.parseDouble(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-",
                ".",
                "+.",
                "e3",
                "1e",
                "1e+",
                "1d",
                "1f",
                "1.5D",
                "NaN",
                "nan",
                "Infinity",
                "-inf",
                "0x1p3",
                "0x10",
                "1,5",
                "1.000,5",
                "5%",
                "1 5",
                " 1",
                "1 ",
                "--1",
                "1.2.3",
                "1e2.5",
                "١",
                "1_000",
                "abc"
            })
    void refusesAnythingElse(String text) {
        assertThat(NumberText.parse(text)).isNaN();
    }

    @Test
    void minusZeroIsZero() {
        assertThat(1 / NumberText.parse("-0")).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(1 / NumberText.parse("-0.0e5")).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void readsRandomDecimalsToTheNearestDouble() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 20_000; i++) {
            long whole = random.nextLong(1L << random.nextInt(1, 60));
            String digits = Long.toString(whole);
            int point = random.nextInt(digits.length() + 1);
            String text = digits.substring(0, point) + "." + digits.substring(point);
            assertThat(NumberText.parse(text)).as(text).isEqualTo(Double.parseDouble(text));
        }
    }

    @Test
    void writesTheShortestTextThatReadsBack() {
        assertThat(NumberText.format(12)).isEqualTo("12");
        assertThat(NumberText.format(0.1)).isEqualTo("0.1");
        assertThat(NumberText.format(1e-5)).isEqualTo("1E-5");
        assertThat(NumberText.format(Double.parseDouble("2e23"))).isEqualTo("2E23");
        assertThat(NumberText.format(StrictMath.pow(2, -44))).isEqualTo("5.684341886080802E-14");
        assertThat(NumberText.format(Double.POSITIVE_INFINITY)).isEqualTo("Inf");
        assertThat(NumberText.format(Double.NEGATIVE_INFINITY)).isEqualTo("-Inf");
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value) && value != 0) {
                assertThat(NumberText.parse(NumberText.format(value))).isEqualTo(value);
            }
        }
    }

    @Test
    void knowsMiswrittenNumbersFromWords() {
        assertThat(new String[] {"1,5", "NaN", "-Inf", "5%", "1d", "0x1p3", "1,000.5"})
                .allMatch(NumberText::looksMiswritten);
        assertThat(new String[] {"abc", "CR1", "3a", "2+", "unknown"}).noneMatch(NumberText::looksMiswritten);
    }

    @Test
    void explainsWhyATextIsNoNumber() {
        assertThat(NumberText.explain("1,5")).contains("comma").contains("1.5");
        assertThat(NumberText.explain("1e999")).contains("too large");
        assertThat(NumberText.explain("abc")).startsWith("not a number; allowed: digits");
    }

    @Test
    void writesWholeNumbersWithoutAnExponentWhereTheyAreExact() {
        assertThat(NumberText.format(1e7)).isEqualTo("10000000");
        assertThat(NumberText.format(-0.0)).isEqualTo("0");
        assertThat(NumberText.format(0x1p53)).isEqualTo("9.007199254740992E15");
    }

    @Test
    void writesForPeopleWithoutAnExponent() {
        assertThat(NumberText.plain(1e-5)).isEqualTo("0.00001");
        assertThat(NumberText.plain(-0.1)).isEqualTo("-0.1");
        assertThat(NumberText.plain(12)).isEqualTo("12");
        assertThat(NumberText.plain(1e22)).isEqualTo("10000000000000000000000");
    }

    @Test
    void writesPValuesThatAreNeverZero() {
        assertThat(NumberText.pValue(0.23615)).isEqualTo("0.2362");
        assertThat(NumberText.pValue(1e-4)).isEqualTo("0.0001");
        assertThat(NumberText.pValue(3.14e-9)).isEqualTo("3.14e-09");
        assertThat(NumberText.pValue(0)).isEqualTo("< 1e-300");
        assertThat(NumberText.pValue(1)).isEqualTo("1.0000");
    }
}
