package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs every file shape of docs/files.md and compares what comes of it with the page. */
class FilesPageTest {

    private static final Path PAGE = Path.of("../docs/files.md");
    private static final String START = "<!-- shapes -->\n";
    private static final String END = "<!-- end -->";
    private static final String[] KM = {"km", "-", "--time", "time", "--status", "status", "--format", "json"};
    private static final String[] CURVE = {
        "reconstruct", "-", "--n", "20", "--draws", "0", "--at", "6", "--format", "json"
    };
    private static final String TABLE = "time;status/1,5;1/12,25;0/";
    private static final String PLAIN = "time,status/1.5,1/12.25,0/";

    /** A file, and the options with which it is read. */
    private record Shape(String what, String shown, String bytes, List<String> options) {

        static Shape of(String what, String shown, byte[] bytes, String... options) {
            return new Shape(what, shown, new String(bytes, StandardCharsets.ISO_8859_1), List.of(options));
        }
    }

    private static byte[] bytes(String text, String charset) {
        return text.replace("/", "\n").replace("<tab>", "\t").getBytes(Charset.forName(charset));
    }

    private static Shape shape(String what, String text, String... options) {
        return Shape.of(what, "`" + text + "`", bytes(text, "UTF-8"), options);
    }

    private static Shape binary(String what, String start) {
        byte[] bytes = Arrays.copyOf(start.getBytes(StandardCharsets.ISO_8859_1), 200);
        return Shape.of(what, "", bytes);
    }

    private static byte[] packed(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes(text, "UTF-8"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static List<Shape> delimited() {
        return List.of(
                shape("plain", PLAIN),
                shape("Excel in German or French", TABLE),
                shape("the same, tabs", TABLE.replace(";", "<tab>")),
                shape("vertical bars", "time|status/1,5|1/12.25|0/".replace("12.25", "12,25")),
                shape("Excel's line of its own", "sep=;/" + TABLE),
                shape("blanks", "time   status/1.5    1/12.25 0/", "--delimiter", "space"),
                shape("blanks, not declared", "time   status/1.5    1/12.25 0/"),
                shape("two delimiters that fit", "time;status,x/1;1,a/2;0,b/"),
                shape("the same, declared", "time;status,x/1;1/2;0/", "--delimiter", ";", "--status", "status,x"),
                shape("quoted decimal commas", "time,status/\"1,5\",1/\"12,25\",0/"),
                shape("the same, declared", "time,status/\"1,5\",1/\"12,25\",0/", "--decimal", ","),
                shape("comma and point", "time;status/1,5;1/12.25;0/"),
                shape("a comma that may stand between thousands", "time;status/1,234;1/7;0/"),
                shape("the same, declared", "time;status/1,234;1/7;0/", "--decimal", ","),
                shape("a point that may stand between thousands", "time;status/1.234;1/7;0/"),
                shape("the same, declared", "time;status/1.234;1/7;0/", "--decimal", "."),
                shape("thousands, German", "time;status/1.234,5;1/12,25;0/"),
                shape("thousands, English", "time,status/\"1,234.5\",1/12.25,0/"),
                shape("thousands, French (U+202F)", "time;status/1\u202F234,5;1/12,25;0/"),
                shape("a point among declared commas", "time;status/1,5;1/12.25;0/", "--decimal", ","),
                shape("digits of another script", "time,status/\u0661.\u0665,1/12.25,0/"));
    }

    private static List<Shape> shaped() {
        byte[] latin = bytes("time;größe;status/1,5;ä;1/12,25;é;0/", "windows-1252");
        String latinShown = "`time;größe;status/1,5;ä;1/12,25;é;0/` in Windows-1252";
        byte[] wide = bytes(TABLE, "UTF-16LE");
        return List.of(
                Shape.of("Windows-1252", latinShown, latin),
                Shape.of("the same, declared", latinShown, latin, "--encoding", "windows-1252"),
                Shape.of("UTF-16 with its mark", "`" + TABLE + "` in UTF-16", bytes("\uFEFF" + TABLE, "UTF-16LE")),
                Shape.of("UTF-16 without", "`" + TABLE + "` in UTF-16", wide),
                Shape.of("the same, declared", "`" + TABLE + "` in UTF-16", wide, "--encoding", "UTF-16LE"),
                Shape.of("gzip", "`" + TABLE + "` packed", packed(TABLE)),
                shape("title above the header", "Study A/exported 2024//" + PLAIN),
                shape("the same, declared", "Study A/exported 2024//" + PLAIN, "--header-row", "4"),
                shape("the same by Excel", "Study A;;/;;/time;status;age/1,5;1;40/12,25;0;50/"),
                shape("empty columns at the end", "time;status;;/1,5;1;;/12,25;0/"),
                shape("empty rows at the end", TABLE + ";/;/"),
                shape("an empty line before the last row", "time,status/1.5,1//12.25,0/"),
                shape("a field too many", "time,status/1.5,1/12.25,0,x/"),
                shape("an empty field too many", "time,status/1.5,1,/12.25,0/"),
                shape("row names of R", "\"time\" \"status\"/\"1\" 1.5 1/\"2\" 12.25 0/", "--delimiter", "space"),
                shape("a row that sums up", "id,time,status/A,1.5,1/B,12.25,0/Total,13.75,1/"),
                shape("no-break spaces around", "time\u00A0,\u200Bstatus/1.5\u00A0,1/12.25,\u202F0/"),
                shape("no-break space inside a name", "ti\u00A0me,status/1.5,1/12.25,0/"),
                binary("Excel (.xlsx)", "PK\u0003\u0004" + "\0".repeat(26) + "[Content_Types].xml"),
                binary("Excel (.xls)", "\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1"),
                binary(
                        "OpenDocument (.ods)",
                        "PK\u0003\u0004" + "\0".repeat(26) + "mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
                binary("ZIP", "PK\u0003\u0004" + "\0".repeat(26) + "patients.csv"),
                binary("SPSS", "$FL2@(#)"),
                binary(
                        "SAS",
                        "\0".repeat(12) + "\u00C2\u00EA\u0081`\u00B3\u0014\u0011\u00CF\u00BD\u0092\b\0\t\u00C7"
                                + "1\u008C\u0018\u001F\u0010\u0011"),
                binary("SAS transport", "HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!"),
                binary("Stata", "<stata_dta><header>"),
                binary("R (.rds, unpacked or not)", "X\n\0\0\0\u0003"),
                binary("R (.RData)", "RDX3\nX\n"),
                binary("Parquet", "PAR1\u0015"),
                binary("PDF", "%PDF-1.7"),
                binary("a saved web page", "<!DOCTYPE html>"));
    }

    private static List<Shape> curves() {
        return List.of(
                shape("no header", "0,1/6.5,0.857/10,0.75/", "--type", "survival"),
                shape("the same, not declared", "0,1/6.5,0.857/10,0.75/"),
                shape("x and y, German", "x;y/0;1/6,5;0,857/10;0,75/", "--type", "survival"),
                shape("names in capitals", "Time,Survival/0,1/6.5,0.857/10,0.75/"),
                shape(
                        "points off by their precision",
                        "x,y/-0.02,1.003/6.5,0.857/10,0.75/",
                        "--type",
                        "survival",
                        "--precision",
                        "0.005",
                        "--time-precision",
                        "0.05"),
                shape("the same, not declared", "x,y/0,1.003/6.5,0.857/", "--type", "survival"),
                shape("percentages", "time,survival/0,100/6.5,85.7/10,75/", "--percent"),
                shape("the same, not declared", "time,survival/0,100/6.5,85.7/10,75/"));
    }

    private static Run run(String[] command, Shape shape) {
        List<String> args = new ArrayList<>(Arrays.asList(command));
        if (shape.options().contains("--status")) {
            args.removeAll(List.of("--status", "status"));
        }
        args.addAll(shape.options());
        return Run.withInput(shape.bytes().getBytes(StandardCharsets.ISO_8859_1), args.toArray(new String[0]));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }

    private static String row(Shape shape, String outcome) {
        String options = String.join(" ", shape.options());
        String shown = shape.shown().codePoints().anyMatch(c -> c == 0xA0 || c == 0x202F || c == 0x200B)
                ? shape.shown()
                        .replace("\u00A0", "<U+00A0>")
                        .replace("\u202F", "<U+202F>")
                        .replace("\u200B", "<U+200B>")
                : shape.shown();
        return "| " + cell(shape.what()) + " | " + cell(shown) + " | "
                + (options.isEmpty() ? "" : "`" + cell(options) + "`") + " | " + cell(outcome) + " |\n";
    }

    /** The times of the patients, or the sentence. */
    private static String patients(Shape shape) {
        Run run = run(KM, shape);
        if (run.status() == 0) {
            Run.Json points = run.json().at("groups/0/points");
            return IntStream.range(0, run.json().size("groups/0/points"))
                    .mapToObj(i -> points.text(i + "/time").replaceAll("\\.0$", ""))
                    .collect(Collectors.joining(", ", "times ", ""));
        }
        return sentence(run);
    }

    private static String sentence(Run run) {
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        return Run.Json.parse(run.err())
                .text("error/message")
                .lines()
                .findFirst()
                .orElseThrow();
    }

    private static String curve(Shape shape) {
        Run run = run(CURVE, shape);
        if (run.status() != 0) {
            return sentence(run);
        }
        String moved = run.out().contains("moved to what is") ? ", and says that a point was moved" : "";
        return "20 patients" + moved;
    }

    private static String tables() {
        StringBuilder page = new StringBuilder("\n| the file | | options | what comes of it |\n|---|---|---|---|\n");
        delimited().forEach(shape -> page.append(row(shape, patients(shape))));
        shaped().forEach(shape -> page.append(row(shape, patients(shape))));
        page.append("""

                Points that a digitiser wrote, for `engraft reconstruct CURVE --n 20`:

                | the file | | options | what comes of it |
                |---|---|---|---|
                """);
        curves().forEach(shape -> page.append(row(shape, curve(shape))));
        return page.append('\n').toString();
    }

    @Test
    void isWhatThePageShows() throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf(START) + START.length();
        int to = page.indexOf(END);
        String made = tables();
        if (!page.substring(from, to).equals(made)) {
            Files.createDirectories(Path.of("target"));
            Files.writeString(Path.of("target/files.md"), page.substring(0, from) + made + page.substring(to));
        }
        assertThat(page.substring(from, to))
                .as("docs/files.md; what the shapes give is in cli/target/files.md")
                .isEqualTo(made);
    }

    @Test
    void whatIsReadIsReadRight() {
        for (Shape shape : delimited()) {
            String outcome = patients(shape);
            assertThat(outcome)
                    .as(shape.what() + shape.shown())
                    .matches("(?s)times (1\\.5, 12\\.25|1, 2|1\\.234, 7)|standard input.*allowed: .*");
        }
        for (Shape shape : shaped()) {
            assertThat(patients(shape))
                    .as(shape.what())
                    .matches("(?s)times 1\\.5, 12\\.25|standard input.*allowed: .*");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"km", "cuminc", "test", "aft", "cox", "finegray", "endpoints", "pool", "reconstruct"})
    void everyCommandThatReadsATableSaysHowItMayBeWritten(String command) {
        assertThat(Run.of(command, "--help").out())
                .contains("--delimiter=C", "--decimal=,|.", "--encoding=NAME", "--header-row=N");
    }

    @Test
    void whatIsDeclaredOfAFileIsRefusedWithoutOne() {
        for (String option : List.of("--delimiter=;", "--decimal=,", "--encoding=UTF-8", "--header-row=2")) {
            String name = option.substring(0, option.indexOf('='));
            Run run = Run.of("km", "@bmtcrr", "--time", "months", "--status", "status", option);
            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err()).contains(name + " means nothing without a CSV file");
            assertThat(Run.of("pool", "--unit-events", "2", "--unit-patients", "6", "--against", "0.3", option)
                            .status())
                    .isEqualTo(2);
        }
        assertThat(Run.of("km", "x.csv", "--time", "t", "--status", "s", "--encoding", "none")
                        .err())
                .contains("'none' is no encoding known here; allowed: such as UTF-8, windows-1252");
        assertThat(Run.of("km", "x.csv", "--time", "t", "--status", "s", "--delimiter", "x")
                        .err())
                .contains("'x' is no delimiter; allowed: , or ; or | or tab or space");
    }

    @Test
    void otherCommandsReadTheSameWay() {
        String pool = "sep=;\nstudy;events;n\nA;4;12\nB;10;30\n";
        assertThat(Run.withInput(pool, "pool", "-", "--format", "json").status())
                .isZero();
        Run plain = Run.withInput("study,events,n\nA,4,12\nB,10,30\n", "pool", "-", "--format", "json");
        assertThat(Run.withInput(pool, "pool", "-", "--format", "json").out()).isEqualTo(plain.out());
        String history = "id;last_contact;relapse;death\nA;10,5;;\nB;20,25;3,5;20,25\n";
        String point = history.replace(',', '.').replace(';', ',');
        assertThat(Run.withInput(history, "endpoints", "-").out())
                .isEqualTo(Run.withInput(point, "endpoints", "-").out())
                .contains("os_time");
    }
}
