package io.engraft.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlCharactersTest {

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 7, 8, 0x0D, 0x1B, 0x7F, 0x85, 0x9B, 0x61C, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A, 0x202E, 0x2066,
                0x2069, 0xFEFF, 0xFFF9, 0xFFFE, 0xFFFF, 0x1FFFF, 0xE0001, 0xE007F
            })
    void whatDoesSomethingIsShown(int c) {
        String text = "a" + Character.toString(c) + "b";
        assertThat(ControlCharacters.isUnsafe(c)).isTrue();
        assertThat(ControlCharacters.escaped(text)).matches("a(\\\\u[0-9a-f]{4})+b");
        assertThat(ControlCharacters.replaced(text, '?')).isEqualTo("a?b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ALL",
                "\u00FCbersicht",
                "\u751F\u5B58",
                "\uD83D\uDE00",
                "a\u00A0b",
                "\u0645\u0631\u064A\u0636",
                "e\u200Dj"
            })
    void whatIsTextStays(String text) {
        assertThat(ControlCharacters.escaped(text)).isEqualTo(text);
        assertThat(ControlCharacters.escapedLine(text)).isEqualTo(text);
        assertThat(ControlCharacters.replaced(text, '?')).isEqualTo(text);
    }

    @Test
    void aCellStaysOnItsLine() {
        assertThat(ControlCharacters.escaped("a\n\tb")).isEqualTo("a\n\tb");
        assertThat(ControlCharacters.escapedLine("a\n\tb")).isEqualTo("a\\u000a\\u0009b");
        assertThat(ControlCharacters.escapedLine("\u001B[31m")).isEqualTo("\\u001b[31m");
    }

    @Test
    void halfACharacterIsShown() {
        assertThat(ControlCharacters.escaped("a\uD83Db")).isEqualTo("a\\ud83db");
        assertThat(ControlCharacters.replaced("\uDE00", '?')).isEqualTo("?");
    }
}
