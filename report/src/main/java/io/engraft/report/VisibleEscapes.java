package io.engraft.report;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import io.engraft.internal.ControlCharacters;
import org.jspecify.annotations.Nullable;

/** Escapes in JSON, beside those that it asks for, whatever would do something to a terminal: the text stays the same. */
final class VisibleEscapes extends CharacterEscapes {

    private static final long serialVersionUID = 1;
    private static final int DELETE = 0x7F;

    @Override
    public int[] getEscapeCodesForAscii() {
        int[] codes = standardAsciiEscapesForJSON();
        codes[DELETE] = ESCAPE_STANDARD;
        return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int unit) {
        boolean surrogate = unit >= Character.MIN_SURROGATE && unit <= Character.MAX_SURROGATE;
        return !surrogate && ControlCharacters.isUnsafe(unit)
                ? new SerializedString(ControlCharacters.escape((char) unit))
                : null;
    }
}
