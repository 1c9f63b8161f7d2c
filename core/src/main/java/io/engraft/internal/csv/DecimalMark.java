package io.engraft.internal.csv;

import io.engraft.DataProblem;
import io.engraft.InvalidDataException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the numbers of one table are written: with a decimal point, with a decimal comma, or with whichever of the two the
 * table leaves no doubt about. In the last case every number that is read is a witness, and {@link #problems} says
 * whether they agree: a comma and a point in one table, or nothing but numbers such as {@code 1,234} that may have a
 * separator of thousands, are doubtful.
 */
public final class DecimalMark {

    private static final DecimalMark POINT = new DecimalMark(true, false, false);
    private static final int THOUSAND = 3;

    private final boolean points;
    private final boolean commas;
    /** Whether the text's habits suggest points between thousands, as semicolons between fields do. */
    private final boolean pointsDoubtful;

    private long row;
    private long line;
    private @Nullable DataProblem firstPoint;
    private @Nullable DataProblem firstComma;
    private boolean clearPoint;
    private boolean clearComma;
    private char[] scratch = new char[0];

    private DecimalMark(boolean points, boolean commas, boolean pointsDoubtful) {
        this.points = points;
        this.commas = commas;
        this.pointsDoubtful = pointsDoubtful;
    }

    /** Numbers with a decimal point. */
    public static DecimalMark point() {
        return POINT;
    }

    /**
     * The same way of writing, without witnesses: for numbers of a column that may turn out to have none. {@link #join}
     * takes them in.
     */
    public DecimalMark apart() {
        return commas ? new DecimalMark(points, true, pointsDoubtful) : this;
    }

    /** Takes in the witnesses of another. */
    public void join(DecimalMark other) {
        firstPoint = earlier(firstPoint, other.firstPoint);
        firstComma = earlier(firstComma, other.firstComma);
        clearPoint |= other.clearPoint;
        clearComma |= other.clearComma;
    }

    private static @Nullable DataProblem earlier(@Nullable DataProblem some, @Nullable DataProblem other) {
        return some == null || (other != null && other.row() < some.row()) ? other : some;
    }

    /** The mark that was declared, else what the delimiter leaves open. */
    static DecimalMark of(char declared, char delimiter) {
        return switch (declared) {
            case '.' -> POINT;
            case ',' -> new DecimalMark(false, true, false);
            default -> delimiter == ',' ? POINT : new DecimalMark(true, true, delimiter == ';');
        };
    }

    /** Where the numbers stand that are read next. */
    public void at(long nextRow, long nextLine) {
        if (commas) {
            row = nextRow;
            line = nextLine;
        }
    }

    /** A number from a cell, as {@link NumberText#parse(char[], int, int)} gives it; NaN where it is none. */
    public double parse(char[] text, int from, int length, String column) {
        return commas ? parseEither(text, from, length, column) : NumberText.parse(text, from, length);
    }

    /** A number from a cell. */
    public double parse(String text, String column) {
        return parse(text.toCharArray(), 0, text.length(), column);
    }

    /** Takes a cell of a table that is read whole as a witness, if it is a number. */
    public void witness(String text, String column) {
        if (commas) {
            parseEither(text.toCharArray(), 0, text.length(), column);
        }
    }

    /** A number that is no witness: of a text that was read before, or is perhaps none. */
    public double value(String text) {
        int comma = text.indexOf(',');
        if (!commas || comma < 0) {
            return !points && text.indexOf('.') >= 0 ? Double.NaN : NumberText.parse(text);
        }
        return text.indexOf('.') >= 0 ? Double.NaN : NumberText.parse(text.replace(',', '.'));
    }

    private double parseEither(char[] text, int from, int length, String column) {
        int point = -1;
        int comma = -1;
        for (int i = 0; i < length; i++) {
            char c = text[from + i];
            point = c == '.' ? i : point;
            comma = c == ',' ? i : comma;
        }
        if (comma < 0 && point < 0) {
            return NumberText.parse(text, from, length);
        }
        if (point >= 0 && (comma >= 0 || !points)) {
            return Double.NaN;
        }
        if (point >= 0) {
            double value = NumberText.parse(text, from, length);
            if (!Double.isNaN(value)) {
                boolean clear = !looksLikeThousands(text, from, length, point);
                clearPoint |= clear;
                firstPoint = firstPoint == null ? witness(text, from, length, column) : firstPoint;
            }
            return value;
        }
        if (scratch.length < length) {
            scratch = new char[2 * length];
        }
        System.arraycopy(text, from, scratch, 0, length);
        scratch[comma] = '.';
        // a second comma stays one, which is no number
        double value = NumberText.parse(scratch, 0, length);
        if (!Double.isNaN(value) && points) {
            clearComma |= !looksLikeThousands(text, from, length, comma);
            firstComma = firstComma == null ? witness(text, from, length, column) : firstComma;
        }
        return value;
    }

    private DataProblem witness(char[] text, int from, int length, String column) {
        return new DataProblem(null, row, line, column, new String(text, from, length), "");
    }

    /** One to three digits, not starting with 0, the mark, three digits: a number under 1000 or a thousand times it. */
    private static boolean looksLikeThousands(char[] text, int from, int length, int mark) {
        int first = length > 0 && (text[from] == '-' || text[from] == '+') ? 1 : 0;
        int before = mark - first;
        if (before < 1 || before > THOUSAND || text[from + first] == '0' || length - mark - 1 != THOUSAND) {
            return false;
        }
        boolean digits = true;
        for (int i = mark + 1; i < length; i++) {
            digits &= text[from + i] >= '0' && text[from + i] <= '9';
        }
        return digits;
    }

    /** What the numbers that were read leave in doubt: at most one problem, at the first number that is doubtful. */
    public List<DataProblem> problems(String source) {
        List<DataProblem> problems = new ArrayList<>();
        DataProblem point = firstPoint;
        DataProblem comma = firstComma;
        if (point != null && comma != null) {
            problems.add(doubt(
                    source,
                    comma,
                    "this number has a comma and '" + point.value() + "' (row " + point.row() + ", column '"
                            + point.column() + "') a point; allowed: one decimal mark and no thousands separator, or"
                            + " the mark declared (--decimal , or --decimal .)"));
        } else if (comma != null && !clearComma) {
            problems.add(doubt(source, comma, thousands(comma, ',')));
        } else if (point != null && !clearPoint && pointsDoubtful) {
            problems.add(doubt(source, point, thousands(point, '.')));
        }
        return problems;
    }

    /** Fails where the numbers that were read leave a doubt. */
    public void requireClear(String source) {
        List<DataProblem> problems = problems(source);
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems);
        }
    }

    private static String thousands(DataProblem witness, char mark) {
        String value = String.valueOf(witness.value());
        String digits = value.replace(String.valueOf(mark), "");
        return "this may be " + digits + " or " + value.replace(mark, '.')
                + ", and no other number tells which; allowed: the decimal mark declared (--decimal , or --decimal .)";
    }

    private static DataProblem doubt(String source, DataProblem witness, String reason) {
        return new DataProblem(source, witness.row(), witness.line(), witness.column(), witness.value(), reason);
    }

    /** Why a text cannot be used as a finite number. */
    public String explain(String text) {
        String mark = points ? (commas ? "point or comma" : "point") : "comma";
        String separated = NumberText.explainSeparators(text, points, commas);
        return separated.isEmpty() ? NumberText.explain(text, mark) : separated;
    }
}
