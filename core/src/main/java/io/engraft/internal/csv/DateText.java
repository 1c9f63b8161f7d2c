package io.engraft.internal.csv;

import io.engraft.InvalidArgumentException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates as text: year-month-day, or a declared order of d, M and yyyy such as dd.MM.yyyy. A time of day is allowed where
 * it is midnight. Years before 1901 or after 2100 stand for no date (1900-01-01, 9999-12-31) and are refused. Immutable.
 */
public final class DateText {

    /** Year-month-day. */
    public static final DateText ISO = new DateText("yyyy-MM-dd", null);

    private static final int FIRST_YEAR = 1901;
    private static final int LAST_YEAR = 2100;
    private static final int ISO_LENGTH = 10;
    private static final String MIDNIGHT = "00:00";

    private static final int MONTHS = 12;
    private static final Pattern YEAR_LAST = Pattern.compile("(\\d{1,2})([./-])(\\d{1,2})\\2\\d{4}");
    private static final Pattern SHORT_YEAR = Pattern.compile("\\d{1,2}([./-])(?:\\d{1,2}|[A-Za-z]{3})\\1\\d{2}");

    private final String format;
    /** Null for year-month-day. */
    private final @Nullable DateTimeFormatter formatter;

    private DateText(String format, @Nullable DateTimeFormatter formatter) {
        this.format = format;
        this.formatter = formatter;
    }

    /**
     * What a text says.
     *
     * @param date the date, null where there is none
     * @param reason why there is none, empty where there is one
     */
    public record Reading(@Nullable LocalDate date, String reason) {}

    /** Dates of a format of d, M and yyyy, as in dd.MM.yyyy or d-MMM-yyyy (English names of months). */
    public static DateText of(String format) {
        if (format.equals(ISO.format)) {
            return ISO;
        }
        boolean letters = format.chars()
                .allMatch(c ->
                        c == 'd' || c == 'M' || c == 'y' || (c > ' ' && !Character.isLetterOrDigit(c) && c != '\''));
        boolean years =
                format.contains("yyyy") && format.chars().filter(c -> c == 'y').count() == 4;
        if (!letters || !years || !format.contains("d") || !format.contains("M")) {
            throw InvalidArgumentException.ofText(
                    "date format",
                    format,
                    "d, M and yyyy with what stands between them, as in d.M.yyyy, dd.MM.yyyy or MM/dd/yyyy; years of two"
                            + " digits may be of either century, and are to be written with four");
        }
        try {
            return new DateText(
                    format,
                    new DateTimeFormatterBuilder()
                            .parseCaseInsensitive()
                            .appendPattern(format.replace('y', 'u'))
                            .toFormatter(Locale.ENGLISH)
                            .withResolverStyle(ResolverStyle.STRICT));
        } catch (IllegalArgumentException e) {
            throw InvalidArgumentException.ofText("date format", format, "one such as dd.MM.yyyy or MM/dd/yyyy");
        }
    }

    /** The date of a text without blanks around it. */
    public Reading read(String text) {
        String day = withoutMidnight(text);
        LocalDate date;
        try {
            if (formatter != null) {
                date = LocalDate.parse(day, formatter);
            } else if (isIso(day)) {
                date = LocalDate.of(digits(day, 0, 4), digits(day, 5, 7), digits(day, 8, ISO_LENGTH));
            } else {
                return new Reading(null, notADate(text));
            }
        } catch (DateTimeException e) {
            return new Reading(null, formatter == null ? "there is no such day in the calendar" : notADate(text));
        }
        if (date.getYear() < FIRST_YEAR || date.getYear() > LAST_YEAR) {
            return new Reading(
                    null,
                    "such a date stands for one that is not known; allowed: the years " + FIRST_YEAR + " to "
                            + LAST_YEAR + ", and an empty cell where it is not known");
        }
        return new Reading(date, "");
    }

    private String notADate(String text) {
        if (SHORT_YEAR.matcher(text).matches()) {
            return "not a date: a year of two digits may be of either century; allowed: years of four digits, as in "
                    + (formatter == null
                            ? "2024-03-15, or another order that is declared (--date-format d.M.yyyy)"
                            : format);
        }
        boolean time = text.indexOf(':') > 0;
        return formatter == null
                ? "not a date" + (time ? " (a time of day is allowed at midnight alone)" : "")
                        + "; allowed: year-month-day, as in 2024-03-15, or another order that is declared (--date-format "
                        + likely(text) + ")"
                : "not a date of the format " + format + " that is in the calendar"
                        + (time ? " (a time of day is allowed at midnight alone)" : "");
    }

    /** The formats that a text may be of. */
    private static String likely(String text) {
        Matcher parts = YEAR_LAST.matcher(text);
        if (!parts.matches()) {
            return "d.M.yyyy, dd.MM.yyyy or MM/dd/yyyy";
        }
        String mark = parts.group(2);
        // Which of two small numbers is the month only those know who wrote it.
        boolean day = Integer.parseInt(parts.group(1)) > MONTHS;
        boolean month = Integer.parseInt(parts.group(3)) > MONTHS;
        String dayFirst = String.join(mark, "d", "M", "yyyy");
        String monthFirst = String.join(mark, "M", "d", "yyyy");
        return day ? dayFirst : month ? monthFirst : dayFirst + " or " + monthFirst;
    }

    /** Whether a text is written as year-month-day, in the calendar or not. */
    public static boolean isIso(String text) {
        if (text.length() != ISO_LENGTH) {
            return false;
        }
        for (int i = 0; i < ISO_LENGTH; i++) {
            char c = text.charAt(i);
            boolean between = i == 4 || i == 7;
            boolean digit = c >= '0' && c <= '9';
            if (between ? c != '-' : !digit) {
                return false;
            }
        }
        return true;
    }

    private static int digits(String text, int from, int to) {
        return Integer.parseInt(text.substring(from, to));
    }

    /** Cuts off T00:00, 00:00:00.000, 00:00Z and the like; other texts stay as they are. */
    private static String withoutMidnight(String text) {
        int at = text.indexOf(MIDNIGHT);
        if (at < 2) {
            return text;
        }
        char before = text.charAt(at - 1);
        String rest = text.substring(at + MIDNIGHT.length());
        if (rest.endsWith("Z")) {
            rest = rest.substring(0, rest.length() - 1);
        } else if (rest.endsWith("+00:00")) {
            rest = rest.substring(0, rest.length() - "+00:00".length());
        }
        boolean midnight = rest.isEmpty()
                || rest.equals(":00")
                || (rest.startsWith(":00.") && rest.substring(4).chars().allMatch(c -> c == '0'));
        return (before == 'T' || before == ' ') && midnight ? text.substring(0, at - 1) : text;
    }

    @Override
    public String toString() {
        return format;
    }
}
