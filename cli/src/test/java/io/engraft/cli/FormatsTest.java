package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.cli.Run.Json;
import io.engraft.data.Datasets;
import io.engraft.data.SurvivalData;
import io.engraft.data.io.ColumnRoles;
import io.engraft.data.io.CsvData;
import io.engraft.data.io.CsvSource;
import io.engraft.estimate.KaplanMeier;
import io.engraft.report.DataColumns;
import io.engraft.report.Document;
import io.engraft.report.Format;
import io.engraft.report.curves.SurvivalDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command in every format, and which standard errors each says it used. */
class FormatsTest {

    private static final String ROWS = " --time months --status status";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static Run run(String line, String... more) {
        List<String> args = new ArrayList<>(Arrays.asList(line.split(" ", -1)));
        args.addAll(List.of(more));
        return Run.of(args.toArray(new String[0]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "km @bmtcrr" + ROWS + " --group disease --at 12",
                "cuminc @bmtcrr" + ROWS + " --at 12",
                "test @bmtcrr" + ROWS + " --group disease",
                "aft @bmtcrr" + ROWS + " --distribution weibull --covariates age",
                "cox @bmtcrr" + ROWS + " --covariates age --zph km --baseline",
                "finegray @bmtcrr" + ROWS + " --cause 1 --covariates age --baseline",
                "endpoints @histories",
                "pool @jmml --endpoint CIR",
                "calibrate",
                "simulate --patients 100 --horizon 12",
                "datasets"
            })
    void everyCommandWritesEveryFormat(String line) {
        for (Format format : Format.values()) {
            Run run = run(line, "--format", format.label());
            assertThat(run.status()).as(run.err()).isZero();
            String start = switch (format) {
                case TEXT -> "";
                case JSON -> "{\"command\":\"" + line.split(" ", 2)[0] + "\"";
                case CSV -> "";
                case ARD -> "group1,group1_level,group2,group2_level,variable,variable_level,stat_name,stat\n";
                case MARKDOWN -> "## ";
                case LATEX -> "\\subsection*{";
                case HTML -> "<section class=\"engraft\">\n<h2>";
            };
            assertThat(run.out()).as(format.label()).startsWith(start).hasSizeGreaterThan(100);
        }
    }

    @Test
    void analysisResultsHoldTheNumbersOfTheDocument() {
        String line = "km @bmtcrr" + ROWS + " --group disease --at 12";
        Json json = run(line, "--format", "json").json();
        List<String> ard = run(line, "--format", "ard").out().lines().toList();

        for (int g = 0; g < json.size("groups"); g++) {
            String group = "disease," + json.text("groups/" + g + "/group") + ",,,";
            double survival = json.number("groups/" + g + "/points/0/survival");
            double error = json.number("groups/" + g + "/points/0/stdError");
            assertThat(ard).contains(group + "time,12,estimate," + survival, group + "time,12,std_error," + error);
            assertThat(ard).contains(group + "survival,,n," + plain(json.number("groups/" + g + "/n")));
        }
    }

    private static String plain(double whole) {
        return String.format(Locale.ROOT, "%.0f", whole);
    }

    @Test
    void aProgramGetsWhatTheCommandPrints() throws IOException {
        ColumnRoles roles = ColumnRoles.of("months", "status")
                .withCauseLabels(List.of("relapse", "competing event"))
                .withGroup("disease");
        SurvivalData rows = CsvData.read(CsvSource.of(Datasets.bmtcrr()), roles);
        Document document = SurvivalDocument.of(
                        KaplanMeier.withDefaults().fit(rows).asMap(), rows)
                .withColumns(
                        DataColumns.of("months", "status").withGroup("disease").withDataset(Datasets.bmtcrr()))
                .withTimes(12, 24)
                .withRestrictedMean(24);
        for (Format format : Format.values()) {
            StringBuilder text = new StringBuilder();
            document.write(format, text);
            String line = "km @bmtcrr" + ROWS + " --group disease --at 12,24 --tau 24";
            assertThat(run(line, "--format", format.label()).out())
                    .as(format.label())
                    .isEqualTo(text.toString());
        }
    }

    private static String errors(String line) {
        return run(line, "--format", "json").json().text("conventions/standardErrors");
    }

    @Test
    void saysWhichStandardErrorsItUsed() {
        String file = Run.write(folder, "rows.csv", """
                        months,status,one,two,centre,w,age,begin
                        1,0,a,a,x,1,3,0
                        2,1,b,a,x,2,5,1
                        3,0,c,b,y,1,9,0
                        4,2,d,b,y,3,4,3
                        5,0,e,c,z,1,7,0
                        6,1,f,c,z,1,2,5
                        """).toString();
        for (String command : List.of("km ", "cuminc ", "test ", "aft ")) {
            String line = command
                    + file
                    + ROWS
                    + (command.equals("test ") ? " --group centre" : "")
                    + (command.equals("aft ") ? " --distribution weibull --covariates age" : "");
            assertThat(errors(line)).as(command).isEqualTo("model");
            assertThat(errors(line + " --robust")).as(command).isEqualTo("robust by row");
            assertThat(errors(line + " --robust --id one")).as(command).isEqualTo("robust by row");
            assertThat(errors(line + " --robust --entry begin --id two"))
                    .as(command)
                    .isEqualTo("robust by two");
            assertThat(errors(line + " --robust --id one --cluster two"))
                    .as(command)
                    .isEqualTo("robust by two");
        }
        String robust = "finegray " + file + ROWS + " --cause 1 --covariates age";
        assertThat(errors(robust)).isEqualTo("robust by row");
        assertThat(errors(robust + " --robust --id one")).isEqualTo("robust by row");
        assertThat(errors(robust + " --cluster two")).isEqualTo("robust by two");
        assertThat(errors("km " + file + ROWS + " --weight w --weight-type sampling"))
                .isEqualTo("robust by row");
        assertThat(errors("simulate --patients 100 --horizon 12")).isEqualTo("model");
        assertThat(errors("datasets")).isEqualTo("model");
        assertThat(errors("pool @jmml --endpoint CIR")).isEqualTo("model");
    }

    @Test
    void saysWarningsBesideTables() {
        String file =
                Run.write(folder, "gap.csv", "months,status\n3,1\n,0\n7,0\n").toString();
        for (String format : List.of("csv", "ard")) {
            Run run = run("km " + file + ROWS + " --na drop", "--format", format);
            assertThat(run.status()).isZero();
            assertThat(run.err()).isEqualTo("warning: 1 row with missing values was left out\n");
        }
    }

    @Test
    void namesTheFormatsWhereOneIsUnknown() {
        Run run = run("datasets", "--format", "xml");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("allowed: text, json, csv, ard, markdown, latex, html");
    }

    /** A number has one text in all documents of data. */
    @Test
    void agreeOnTheTextOfNumbers() {
        String rows = "t,s\n0.00001,1\n20000000,1\n2.5,0\n";
        String[] km = {"km", "-", "--time", "t", "--status", "s", "--format"};
        String json = Run.withInput(rows, with(km, "json")).out();
        assertThat(json).contains("\"time\":1E-5,", "\"time\":2.5,", "\"time\":20000000,");
        assertThat(Run.withInput(rows, with(km, "csv")).out()).contains("all,1E-5,", "all,2.5,", "all,20000000,");
        assertThat(Run.withInput(rows, with(km, "ard")).out())
                .contains("time,1E-5,estimate", "time,2.5,estimate", "time,20000000,estimate");
        assertThat(Run.withInput(rows, with(km, "text")).out()).containsPattern("\n *0\\.00001 ");
    }

    private static String[] with(String[] args, String format) {
        String[] all = Arrays.copyOf(args, args.length + 1);
        all[args.length] = format;
        return all;
    }
}
