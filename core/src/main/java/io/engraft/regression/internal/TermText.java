package io.engraft.regression.internal;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.csv.NumberText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads terms from text:
 *
 * <pre>
 *   text  = group { "*" group }      all products of one, two, ... of the groups
 *   group = part { ":" part }        the product of the parts
 *   part  = name | "log(" name ")" | "I(" name "^" number ")"
 *         | "ns(" name "," count ")" | "ns(" name ",knots=" number { ";" number } ")"
 *   name  = a known column, the longest that fits | "`" anything "`" | anything up to one of : * ( ) , ^ `
 * </pre>
 *
 * <p>A text that is the name of a known column is that column, whatever stands in it.
 */
public final class TermText {

    private static final String OPERATORS = ":*(),^`";
    private static final int MOST_GROUPS = 6;

    /** A part and where its column's name stands, from 1. */
    public record Placed(TermPart part, int place) {}

    private final String text;
    private final List<String> known;
    private int at;

    private TermText(String text, Collection<String> columns) {
        this.text = text;
        this.known = columns.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** Whether a name can stand in a term without quotes. */
    public static boolean isPlain(String name) {
        return !name.isEmpty() && name.strip().equals(name) && name.chars().noneMatch(c -> OPERATORS.indexOf(c) >= 0);
    }

    /** Splits at commas that stand in no parentheses and no backquotes. */
    public static List<String> split(String list) {
        List<String> texts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            if (c == '`') {
                i = closing(list, i, '`');
            } else if (c == '(') {
                i = closing(list, i, ')');
            } else if (c == ',') {
                texts.add(list.substring(start, i).strip());
                start = i + 1;
            }
        }
        texts.add(list.substring(start).strip());
        return texts;
    }

    /** Where what opens is closed; one that is never closed opens nothing. */
    private static int closing(String list, int open, char close) {
        int depth = 0;
        for (int i = open + 1; i < list.length(); i++) {
            if (list.charAt(i) == close && depth-- == 0) {
                return i;
            }
            depth += close == ')' && list.charAt(i) == '(' ? 1 : 0;
        }
        return open;
    }

    /** The terms of a text, each the parts of a product; columns need not be known. */
    public static List<List<Placed>> read(String text, Collection<String> columns) {
        if (columns.contains(text)) {
            return List.of(List.of(new Placed(new TermPart.Plain(text), 1)));
        }
        TermText reader = new TermText(text, columns);
        List<List<Placed>> groups = new ArrayList<>();
        do {
            groups.add(reader.group());
        } while (reader.take('*'));
        if (reader.at < text.length()) {
            char next = text.charAt(reader.at);
            String power = next == '^' ? "I(" + text.substring(0, reader.at) + "^2) for a power, " : "";
            throw reader.wrong("'" + next + "' follows", power + "':' or '*' and another part, or the end");
        }
        if (groups.size() > MOST_GROUPS) {
            throw reader.wrong(groups.size() + " parts are joined by '*'", "at most " + MOST_GROUPS);
        }
        return expanded(reader, groups);
    }

    /** All products of the groups, those of few before those of many. */
    private static List<List<Placed>> expanded(TermText reader, List<List<Placed>> groups) {
        List<List<Placed>> terms = new ArrayList<>();
        for (int degree = 1; degree <= groups.size(); degree++) {
            choose(reader, groups, 0, degree, List.of(), terms);
        }
        return terms;
    }

    private static void choose(
            TermText reader,
            List<List<Placed>> groups,
            int from,
            int left,
            List<Placed> chosen,
            List<List<Placed>> terms) {
        if (left == 0) {
            reader.requireDistinct(chosen);
            terms.add(chosen);
            return;
        }
        for (int k = from; k + left <= groups.size(); k++) {
            List<Placed> more = new ArrayList<>(chosen);
            more.addAll(groups.get(k));
            choose(reader, groups, k + 1, left - 1, more, terms);
        }
    }

    private void requireDistinct(List<Placed> parts) {
        List<TermPart> seen = new ArrayList<>();
        for (Placed p : parts) {
            if (seen.contains(p.part())) {
                at = p.place() - 1;
                throw wrong(
                        p.part().label() + " stands in a product with itself",
                        "each part once; I(" + p.part().column() + "^2) is a square");
            }
            seen.add(p.part());
        }
    }

    private List<Placed> group() {
        List<Placed> parts = new ArrayList<>();
        do {
            parts.add(part());
        } while (take(':'));
        return parts;
    }

    private Placed part() {
        blanks();
        int start = at;
        String column = knownColumn();
        if (column == null) {
            column = name();
            if (column.isEmpty()) {
                boolean open = at < text.length() && text.charAt(at) == '(';
                throw wrong(
                        open ? "'(' opens nothing" : "a part is missing",
                        "the name of a column, or ns(..), log(..), I(..)");
            }
            if (at < text.length() && text.charAt(at) == '(') {
                return function(column, start);
            }
        }
        blanks();
        return new Placed(new TermPart.Plain(column), start + 1);
    }

    private Placed function(String name, int start) {
        at++;
        blanks();
        int place = at + 1;
        return switch (name) {
            case "log" -> new Placed(closed(new TermPart.Log(argument())), place);
            case "I" -> {
                String column = argument();
                expect('^', "a power such as I(" + column + "^2)");
                yield new Placed(closed(new TermPart.Power(column, exponent())), place);
            }
            case "ns" -> {
                String column = argument();
                expect(
                        ',',
                        "a number of columns, or knots, such as ns(" + column + ",3) or ns(" + column
                                + ",knots=20;40)");
                yield new Placed(closed(spline(column)), place);
            }
            default -> {
                at = start;
                throw wrong(
                        "'" + name + "' is no function and no column",
                        "ns(..), log(..), I(..); a column's name with any of " + OPERATORS.replace("`", "")
                                + " in it stands in backquotes");
            }
        };
    }

    private TermPart closed(TermPart part) {
        expect(')', "the end of " + part.label());
        blanks();
        return part;
    }

    private String argument() {
        blanks();
        String column = knownColumn();
        column = column == null ? name() : column;
        if (column.isEmpty()) {
            throw wrong("a column's name is missing", "one here");
        }
        blanks();
        return column;
    }

    private double exponent() {
        int start = at;
        double value = number();
        if (value == 0 || value == 1) {
            at = start;
            throw wrong("exponent is " + NumberText.plain(value), "a number other than 0 and 1");
        }
        return value;
    }

    private TermPart spline(String column) {
        blanks();
        int start = at;
        if (!text.startsWith("knots", at)) {
            double width = number();
            if (!(width >= 1 && width <= TermPart.MOST_COLUMNS && width == Math.rint(width))) {
                at = start;
                throw wrong(
                        "number of columns is " + NumberText.plain(width),
                        "a whole number from 1 to " + TermPart.MOST_COLUMNS + ", such as ns(" + column + ",3)");
            }
            return new TermPart.Spline(column, (int) width, List.of());
        }
        at += "knots".length();
        blanks();
        expect('=', "knots such as ns(" + column + ",knots=20;40)");
        List<Double> knots = new ArrayList<>();
        do {
            blanks();
            start = at;
            double knot = number();
            if (!knots.isEmpty() && !(knot > knots.get(knots.size() - 1))) {
                at = start;
                throw wrong("knot is " + NumberText.plain(knot), "knots that ascend");
            }
            knots.add(knot);
            blanks();
        } while (take(';'));
        if (knots.size() >= TermPart.MOST_COLUMNS) {
            throw wrong("number of knots is " + knots.size(), "at most " + (TermPart.MOST_COLUMNS - 1));
        }
        return new TermPart.Spline(column, knots.size() + 1, knots);
    }

    private double number() {
        blanks();
        int start = at;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        try {
            double value = Double.parseDouble(text.substring(start, at));
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // told below, with what stands there
        }
        at = start;
        throw wrong("no number stands here", "a finite number with a decimal point, such as 2 or 0.5");
    }

    /** The longest known column that stands here whole. */
    private @Nullable String knownColumn() {
        for (String column : known) {
            if (!column.isEmpty() && text.startsWith(column, at) && ends(at + column.length())) {
                at += column.length();
                return column;
            }
        }
        return null;
    }

    /** Whether a name may end here: before an operator that can follow one. */
    private boolean ends(int place) {
        int next = place;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        return next >= text.length() || ":*),^".indexOf(text.charAt(next)) >= 0;
    }

    private String name() {
        if (at < text.length() && text.charAt(at) == '`') {
            int end = text.indexOf('`', at + 1);
            if (end < 0) {
                throw wrong("a backquote is not closed", "a name in backquotes");
            }
            String name = text.substring(at + 1, end);
            at = end + 1;
            return name;
        }
        int start = at;
        while (at < text.length() && OPERATORS.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at).strip();
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private boolean take(char c) {
        blanks();
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c, String allowed) {
        if (!take(c)) {
            throw wrong(
                    at < text.length() ? "'" + text.charAt(at) + "' stands there" : "the text ends",
                    "'" + c + "', " + allowed);
        }
    }

    private InvalidArgumentException wrong(String what, String allowed) {
        return new InvalidArgumentException(
                "term '" + text + "' at character " + (at + 1) + ": " + what + "; allowed: " + allowed);
    }
}
