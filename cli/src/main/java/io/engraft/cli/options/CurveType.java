package io.engraft.cli.options;

import io.engraft.evidence.DigitisedCurve;
import io.engraft.evidence.Leavers;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What a printed curve is, named as its column. */
public enum CurveType {
    SURVIVAL("survival"),
    INCIDENCE("incidence");

    private final String label;

    CurveType(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    public static CurveType of(DigitisedCurve curve) {
        return curve.isSurvival() ? SURVIVAL : INCIDENCE;
    }

    /** From the text of an option. */
    public static final class Converter implements ITypeConverter<CurveType> {

        @Override
        public CurveType convert(String text) {
            for (CurveType type : values()) {
                if (type.label.equals(text)) {
                    return type;
                }
            }
            throw new TypeConversionException("'" + text + "' is no type of curve; allowed: survival, incidence");
        }
    }

    /** From the text of an option. */
    public static final class LeaversConverter implements ITypeConverter<Leavers> {

        @Override
        public Leavers convert(String text) {
            return switch (text) {
                case "censored" -> Leavers.CENSORED;
                case "competing" -> Leavers.COMPETING;
                default ->
                    throw new TypeConversionException(
                            "'" + text + "' is no kind of leaver; allowed: censored, competing");
            };
        }
    }
}
