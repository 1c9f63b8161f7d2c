package io.engraft.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Numbers for a person. */
class CellsTest {

    @Test
    void zeroHasNoSign() {
        assertThat(Cells.short4(-0.00001)).isEqualTo("0.0000");
        assertThat(Cells.short4(-0.0)).isEqualTo("0.0000");
        assertThat(Cells.decimal(-1e-9)).isEqualTo("0.0000000");
        assertThat(Cells.short3(-0.0001)).isEqualTo("0.000");
        assertThat(Cells.short4(-0.0001)).isEqualTo("-0.0001");
    }

    @Test
    void hugeNumbersHaveAPowerOfTen() {
        assertThat(Cells.short4(1.23456789e25)).isEqualTo("1.2346e+25");
        assertThat(Cells.short4(-2e9)).isEqualTo("-2.0000e+09");
        assertThat(Cells.short4(999999999)).isEqualTo("999999999.0000");
    }

    @Test
    void timesAreShortAndWholeOnesWhole() {
        assertThat(Cells.time(12)).isEqualTo("12");
        assertThat(Cells.time(200 / 30.4375)).isEqualTo("6.5708");
        assertThat(Cells.time(6.63)).isEqualTo("6.63");
        assertThat(Cells.time(0.03285420944558522)).isEqualTo("0.03285");
        assertThat(Cells.time(2e20)).isEqualTo(Cells.plain(2e20));
        assertThat(Cells.time(Double.NaN)).isEqualTo("-");
    }
}
