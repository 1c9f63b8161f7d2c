package io.engraft.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.data.TidyTable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Signs that mean something to Markdown, LaTeX or HTML come out as themselves. */
class MarkupTest {

    private record Tricky() implements Document {

        @Override
        public String command() {
            return "tricky";
        }

        @Override
        public Conventions conventions() {
            return Conventions.empty().with("level", 0.9).with("odd", "a \"quote\"");
        }

        @Override
        public Provenance provenance() {
            return new Provenance("a|b.csv", 5, 1);
        }

        @Override
        public List<String> warnings() {
            return List.of("line\nend");
        }

        @Override
        public void writeBody(JsonWriter json) throws IOException {
            json.flag("yes", true).number("none", Double.NaN).number("infinite", Double.POSITIVE_INFINITY);
            json.number("whole", 3.0).number("half", 0.5).text("nothing", null);
        }

        @Override
        public void writeText(TextWriter target) throws IOException {
            target.append("A_title <b> 5 % & more\n\n- no list\n1. no number\n").append("xline 2\nx", 1, 7);
            target.append('\n');
            TextTable table = new TextTable(1, "t_x", "", "p|q", "");
            table.row("a&b", "", "~1^2", "");
            table.row("[x]", "", "{\\}", "");
            target.table(table, "  ");
            target.append("#last $\n");
        }

        @Override
        public TidyTable table() {
            return TidyTable.builder()
                    .text("who")
                    .number("time")
                    .number("estimate")
                    .text("note")
                    .row("a", 1.5, 0.25, "x")
                    .row(null, 2.0, null, null)
                    .build();
        }

        @Override
        public TidyTable ard() {
            return new AnalysisResults()
                    .rows(table(), Map.of("who", "patient"), "time")
                    .build();
        }
    }

    private static final Document TRICKY = new Tricky();

    @Test
    void plain() {
        assertThat(TRICKY.toText()).isEqualTo("""
                        A_title <b> 5 % & more

                        - no list
                        1. no number
                        line 2
                          t_x     p|q
                          a&b    ~1^2
                          [x]     {\\}
                        #last $
                        """);
    }

    @Test
    void markdown() {
        assertThat(TRICKY.toMarkdown()).isEqualTo("""
                        ## A\\_title \\<b\\> 5 % & more

                        \\- no list\\
                        1\\. no number\\
                        line 2

                        | t\\_x | p\\|q |
                        | --- | ---: |
                        | a&b | \\~1^2 |
                        | \\[x\\] | \\{\\\\\\} |

                        \\#last $
                        """);
    }

    @Test
    void latex() {
        assertThat(TRICKY.toLatex()).isEqualTo("""
                        \\subsection*{A\\_title \\textless{}b\\textgreater{} 5 \\% \\& more}

                        \\noindent - no list\\\\
                        1. no number\\\\
                        line 2

                        \\noindent\\begin{tabular}{lr}
                        \\hline
                        {}t\\_x & p\\textbar{}q \\\\
                        \\hline
                        {}a\\&b & \\textasciitilde{}1\\textasciicircum{}2 \\\\
                        {}[x] & \\{\\textbackslash{}\\} \\\\
                        \\hline
                        \\end{tabular}

                        \\noindent \\#last \\$
                        """);
    }

    @Test
    void html() {
        assertThat(TRICKY.toHtml()).isEqualTo("""
                        <section class="engraft">
                        <h2>A_title &lt;b&gt; 5 % &amp; more</h2>
                        <p>- no list<br>
                        1. no number<br>
                        line 2</p>
                        <table>
                        <thead>
                        <tr><th scope="col">t_x</th><th scope="col" style="text-align: right">p|q</th></tr>
                        </thead>
                        <tbody>
                        <tr><td>a&amp;b</td><td style="text-align: right">~1^2</td></tr>
                        <tr><td>[x]</td><td style="text-align: right">{\\}</td></tr>
                        </tbody>
                        </table>
                        <p>#last $</p>
                        </section>
                        """);
    }

    @Test
    void json() {
        assertThat(TRICKY.toJson())
                .isEqualTo("{\"command\":\"tricky\",\"engraft\":\"" + EngraftVersion.text()
                        + "\",\"conventions\":{\"level\":0.9,\"odd\":\"a \\\"quote\\\"\"},"
                        + "\"data\":{\"source\":\"a|b.csv\",\"rows\":5,\"used\":4,\"dropped\":1},\"yes\":true,"
                        + "\"none\":null,\"infinite\":null,\"whole\":3,\"half\":0.5,\"nothing\":null,"
                        + "\"warnings\":[\"line\\nend\"]}\n");
    }

    @Test
    void tables() throws IOException {
        StringBuilder csv = new StringBuilder();
        TRICKY.write(Format.CSV, csv);
        assertThat(csv.toString()).isEqualTo("who,time,estimate,note\na,1.5,0.25,x\n,2,,\n");
        StringBuilder ard = new StringBuilder();
        TRICKY.write(Format.ARD, ard);
        assertThat(ard.toString()).isEqualTo("""
                        group1,group1_level,group2,group2_level,variable,variable_level,stat_name,stat
                        patient,a,,,time,1.5,estimate,0.25
                        ,,,,time,2,estimate,
                        """);
    }

    /** The double quote of T1 is not in LaTeX's default encoding. */
    @Test
    void latexQuotes() {
        assertThat(Latex.escape("a \"quote\"")).isEqualTo("a ''quote''");
    }
}
