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
}
