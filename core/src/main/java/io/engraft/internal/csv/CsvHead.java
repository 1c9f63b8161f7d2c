package io.engraft.internal.csv;

import io.engraft.DataProblem;
import io.engraft.InvalidDataException;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The first lines of a delimited text file: what separates its fields, and which line may be its header. */
public final class CsvHead {

    private static final char[] CANDIDATES = {',', ';', '\t', '|'};
    private static final int LOOK_AHEAD = 1 << 16;
    private static final int RECORDS = 20;
    private static final int SEPARATOR_LINE = 12;
    private static final String SEPARATOR = "sep=";

    private final char delimiter;
    private final long skipped;
    private final List<Line> lines;

    private CsvHead(char delimiter, long skipped, List<Line> lines) {
        this.delimiter = delimiter;
        this.skipped = skipped;
        this.lines = lines;
    }

    /** A record as text, and the line on which it starts. */
    private record Line(long number, String text) {

        boolean isBlank() {
            return Blanks.strip(text).isEmpty();
        }

        /** How often a delimiter stands outside quotes, with or without those after the last field that is filled. */
        int count(char delimiter, boolean all) {
            int count = 0;
            int filled = 0;
            boolean quoted = false;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                quoted ^= c == '"';
                count += !quoted && c == delimiter ? 1 : 0;
                filled = c == delimiter || Blanks.isBlank(c) ? filled : count;
            }
            return all ? count : filled;
        }

        List<String> fields(char delimiter) {
            List<String> fields = new ArrayList<>();
            StringBuilder field = new StringBuilder();
            boolean quoted = false;
            boolean blanks = delimiter == ' ';
            String all = blanks ? Blanks.strip(text).replace('\t', ' ') : text;
            for (int i = 0; i < all.length(); i++) {
                char c = all.charAt(i);
                if (c == '"') {
                    quoted = !quoted;
                } else if (quoted || c != delimiter) {
                    field.append(c);
                } else if (!blanks || all.charAt(i - 1) != ' ') {
                    fields.add(Blanks.strip(field.toString()));
                    field.setLength(0);
                }
            }
            fields.add(Blanks.strip(field.toString()));
            return fields;
        }
    }

    /** Looks at the start of a text and leaves it at the line of its header. */
    static CsvHead read(BufferedReader text, String source, CsvDialect dialect) throws IOException {
        char stated = separatorLine(text);
        long skipped = stated == 0 ? 0 : 1;
        for (; skipped < dialect.headerLine() - 1L; skipped++) {
            if (text.readLine() == null) {
                throw new InvalidDataException(DataProblem.ofWhole("the header is declared on line "
                                + dialect.headerLine() + " and the file ends on line " + skipped)
                        .inSource(source));
            }
        }
        text.mark(LOOK_AHEAD + 1);
        List<Line> lines = lines(text, skipped + 1);
        text.reset();
        char delimiter = dialect.delimiter() != CsvDialect.RECOGNISED
                ? dialect.delimiter()
                : stated != 0 ? stated : recognise(lines, source);
        return new CsvHead(delimiter, skipped, lines);
    }

    /** Takes a first line such as {@code sep=;}, which spreadsheets write and obey, away; gives its delimiter, else 0. */
    private static char separatorLine(BufferedReader text) throws IOException {
        text.mark(SEPARATOR_LINE);
        StringBuilder line = new StringBuilder();
        int c = text.read();
        while (c >= 0 && c != '\n' && c != '\r' && line.length() < SEPARATOR_LINE - 2) {
            line.append((char) c);
            c = text.read();
        }
        boolean ends = c == '\n' || c == '\r' || c < 0;
        String stated = line.toString().replace("\"", "");
        int length = SEPARATOR.length();
        if (!ends || stated.length() != length + 1 || !stated.regionMatches(true, 0, SEPARATOR, 0, length)) {
            text.reset();
            return 0;
        }
        if (c == '\r') {
            text.mark(1);
            if (text.read() != '\n') {
                text.reset();
            }
        }
        return stated.charAt(length);
    }

    private static List<Line> lines(BufferedReader text, long first) throws IOException {
        List<Line> lines = new ArrayList<>();
        StringBuilder record = new StringBuilder();
        long line = first;
        long start = first;
        boolean quoted = false;
        int before = 0;
        int c = text.read();
        for (int i = 0; c >= 0 && i < LOOK_AHEAD && lines.size() < RECORDS; i++) {
            boolean end = c == '\r' || c == '\n';
            boolean second = c == '\n' && before == '\r';
            line += end && !second ? 1 : 0;
            if (end && !quoted) {
                if (!second) {
                    lines.add(new Line(start, record.toString()));
                    record.setLength(0);
                }
                start = line;
            } else {
                quoted ^= c == '"';
                record.append((char) c);
            }
            before = c;
            c = text.read();
        }
        // what the look-ahead cut off says nothing, unless it is all there is
        if (!record.isEmpty() && (c < 0 || lines.isEmpty())) {
            lines.add(new Line(start, record.toString()));
        }
        return lines;
    }

    /** The candidate of which most records have the same number; two that every record has alike are a doubt. */
    private static char recognise(List<Line> all, String source) {
        List<Line> lines = all.stream().filter(line -> !line.isBlank()).toList();
        int best = -1;
        int rival = -1;
        for (int k = 0; k < CANDIDATES.length; k++) {
            Fit fit = Fit.of(CANDIDATES[k], lines);
            if (fit.records > 0) {
                int order = best < 0 ? 1 : fit.compareTo(Fit.of(CANDIDATES[best], lines));
                rival = order == 0 ? k : order > 0 ? -1 : rival;
                best = order > 0 ? k : best;
            }
        }
        if (best < 0) {
            return CANDIDATES[0];
        }
        if (rival >= 0 && lines.size() > 1 && Fit.of(CANDIDATES[best], lines).records == lines.size()) {
            throw new InvalidDataException(DataProblem.ofWhole("both " + name(CANDIDATES[best]) + " and "
                            + name(CANDIDATES[rival]) + " may separate the fields; allowed: the delimiter declared"
                            + " (--delimiter)")
                    .inSource(source));
        }
        return CANDIDATES[best];
    }

    /** How well a delimiter fits: how many records have the most frequent count of it, the header among them or not. */
    private record Fit(int records, boolean header, int count) implements Comparable<Fit> {

        static Fit of(char delimiter, List<Line> lines) {
            Fit all = of(delimiter, lines, true);
            Fit filled = of(delimiter, lines, false);
            return filled.compareTo(all) > 0 ? filled : all;
        }

        private static Fit of(char delimiter, List<Line> lines, boolean empty) {
            int[] counts = lines.stream()
                    .mapToInt(line -> line.count(delimiter, empty))
                    .toArray();
            Fit best = new Fit(0, false, 0);
            for (int count : counts) {
                int same = 0;
                for (int other : counts) {
                    same += other == count ? 1 : 0;
                }
                Fit fit = new Fit(count == 0 ? 0 : same, counts[0] == count, count);
                best = fit.compareTo(best) > 0 ? fit : best;
            }
            return best;
        }

        @Override
        public int compareTo(Fit other) {
            int order = Integer.compare(records, other.records);
            order = order == 0 ? Boolean.compare(header, other.header) : order;
            return order == 0 ? Integer.compare(count, other.count) : order;
        }
    }

    private static String name(char delimiter) {
        return delimiter == '\t' ? "tab" : "'" + delimiter + "'";
    }

    /** What separates the fields. */
    char delimiter() {
        return delimiter;
    }

    /** How many lines stand above the header. */
    long skipped() {
        return skipped;
    }

    /** What may mend a header without some columns: the line that has them, or another delimiter; else empty. */
    public String hintFor(Collection<String> columns) {
        for (Line line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            if (line.fields(delimiter).containsAll(columns)) {
                return headerHint(line);
            }
        }
        if (!lines.isEmpty() && delimiter != ' ' && lines.get(0).fields(' ').containsAll(columns)) {
            return "; are the fields separated by blanks? declare it (--delimiter space)";
        }
        return titleHint();
    }

    /** What may mend a first line that is a title: the line below that looks like names of columns; else empty. */
    public String titleHint() {
        if (lines.isEmpty() || filled(lines.get(0)) > 1) {
            return "";
        }
        for (Line line : lines.subList(1, lines.size())) {
            if (filled(line) > 1) {
                boolean names = line.fields(delimiter).stream()
                        .noneMatch(f -> !Double.isNaN(NumberText.parse(f.replace(',', '.'))));
                return names ? headerHint(line) : "";
            }
        }
        return "";
    }

    private long filled(Line line) {
        return line.fields(delimiter).stream().filter(f -> !f.isEmpty()).count();
    }

    private static String headerHint(Line line) {
        return "; line " + line.number() + " looks like the header: delete the lines above it, or declare it"
                + " (--header-row " + line.number() + ")";
    }
}
