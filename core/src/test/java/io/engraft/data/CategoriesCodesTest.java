package io.engraft.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CategoriesCodesTest {

    @Test
    void codesAreMovedToTheOrderOfLevels() {
        Categories column = Categories.ofCodes(new int[] {0, 1, 2, 0}, List.of("10", "9", "1e1"));
        assertThat(column.levels()).containsExactly("9", "10", "1e1");
        assertThat(column.value(0)).isEqualTo("10");
        assertThat(column.value(1)).isEqualTo("9");
        assertThat(column.value(2)).isEqualTo("1e1");
        assertThat(column.code(3)).isEqualTo(1);
    }

    @Test
    void badCodesAndLevelsAreRefused() {
        assertThatThrownBy(() -> Categories.ofCodes(new int[] {2}, List.of("a", "b")))
                .hasMessageContaining("code is 2; allowed: 0 <= code < 2");
        assertThatThrownBy(() -> Categories.ofCodes(new int[] {-1}, List.of("a")))
                .hasMessageContaining("code is -1");
        assertThatThrownBy(() -> Categories.ofCodes(new int[] {0}, List.of("a", "a")))
                .hasMessageContaining("distinct levels");
    }

    @Test
    void levelsAreOrderedAsNumbersOrByCodePoint() {
        assertThat(Categories.sortLevels(List.of("10", "9", "-1", "1e1", "1.0", "+1", "1e9999", "1e999")))
                .containsExactly("-1", "+1", "1.0", "9", "10", "1e1", "1e999", "1e9999");
        assertThat(Categories.sortLevels(List.of("0.1", "0.1000000000000000055511151231257827", "0.10000000000000001")))
                .containsExactly("0.1", "0.1000000000000000055511151231257827", "0.10000000000000001");
        assertThat(Categories.sortLevels(List.of("b", "ab", "a", "", "B", "10", "9")))
                .containsExactly("", "10", "9", "B", "a", "ab", "b");
        assertThat(Categories.sortLevels(List.of("x\uD83D\uDE00", "x\uFFEE", "x\u00e9")))
                .containsExactly("x\u00e9", "x\uFFEE", "x\uD83D\uDE00");
    }
}
