package io.engraft.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.FileException;
import io.engraft.InvalidArgumentException;
import io.engraft.data.TidyTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class HtmlReportTest {

    private static final String ATTACK = "<script>alert('x')</script> & \"more\"";

    @TempDir
    Path folder;

    private static TidyTable numbers() {
        return TidyTable.builder()
                .text("group")
                .count("n")
                .number("survival")
                .number("p")
                .number("hidden")
                .row("ALL", 38, 0.34567, 0.0004, 1.0)
                .row(ATTACK, -2, null, 0.0321, 2.0)
                .row("AML", 1234, -0.0001, 0.53, 3.0)
                .build();
    }

    private static HtmlReport report() {
        Map<String, String> terms = new LinkedHashMap<>();
        terms.put("OS", "overall survival");
        terms.put(ATTACK, ATTACK);
        return HtmlReport.titled("Outcome after transplantation")
                .subtitle("A report of " + ATTACK)
                .section(HtmlSection.of("Survival")
                        .paragraph("First paragraph " + ATTACK)
                        .warning("Only 38 patients.")
                        .figure(PageFixtures.survival(), "Figure 1. Disease-free survival.")
                        .table(HtmlTable.of(numbers(), "Survival at two years")
                                .heading("group", "Group")
                                .percent("survival", 1)
                                .pValue("p")
                                .hide("hidden")
                                .missing("not estimable")))
                .section(HtmlSection.of("Incidence " + ATTACK)
                        .figure(PageFixtures.incidence().toChart(), "")
                        .subheading("Terms")
                        .definitions(terms)
                        .list(List.of("one", ATTACK)))
                .section(HtmlSection.of("Sources")
                        .link("The study", "https://example.org/?a=1&b=2")
                        .link("The data", "tables/km.csv")
                        .preformatted("./engraft km data.csv  --time t\n# done"))
                .footer("Made with Engraft.");
    }

    private static List<Element> elements(Document page, String name) {
        List<Element> found = new ArrayList<>();
        var nodes = page.getElementsByTagName(name);
        for (int i = 0; i < nodes.getLength(); i++) {
            found.add((Element) nodes.item(i));
        }
        return found;
    }

    @Test
    void thePageIsWellFormedAndSelfContained() throws IOException {
        String html = report().html();
        Document page = PageFixtures.parse(html);
        assertThat(html).startsWith("<!DOCTYPE html>\n<html lang=\"en\">");
        assertThat(html).doesNotContain("<script").doesNotContain("<link").doesNotContain("src=\"http");
        assertThat(elements(page, "title").get(0).getTextContent()).isEqualTo("Outcome after transplantation");
        assertThat(elements(page, "section")).hasSize(3);
        assertThat(elements(page, "nav")).hasSize(1);
        assertThat(elements(page, "footer").get(0).getTextContent()).contains("Made with Engraft.");
        Path gallery = Path.of("target", "gallery");
        Files.createDirectories(gallery);
        report().save(gallery.resolve("report.html"));
    }

    @Test
    void allTextIsEscaped() {
        Document page = PageFixtures.parse(report().html());
        assertThat(elements(page, "script")).isEmpty();
        assertThat(elements(page, "h2").get(1).getTextContent()).isEqualTo("Incidence " + ATTACK);
        assertThat(elements(page, "dd").get(1).getTextContent()).isEqualTo(ATTACK);
        assertThat(elements(page, "li").get(1).getTextContent()).isEqualTo("Incidence " + ATTACK);
        assertThat(elements(page, "pre").get(0).getTextContent()).isEqualTo("./engraft km data.csv  --time t\n# done");
    }

    @Test
    void idsAreUniqueWithTwoFiguresInOnePage() {
        Document page = PageFixtures.parse(report().html());
        List<String> ids = elements(page, "*").stream()
                .map(e -> e.getAttribute("id"))
                .filter(id -> !id.isEmpty())
                .toList();
        assertThat(ids).contains("section-1", "s1b3-curve-1", "s2b1-curve-1");
        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
    }

    @Test
    void figuresHaveCaptionAndDescription() {
        Document page = PageFixtures.parse(report().html());
        assertThat(elements(page, "figure")).hasSize(2);
        assertThat(elements(page, "figcaption")).hasSize(1);
        assertThat(elements(page, "desc").get(0).getTextContent())
                .isEqualTo(PageFixtures.survival().toChart().description());
        assertThat(elements(page, "details").get(0).getTextContent()).contains("Survival curves of 3 groups");
    }

    @Test
    void tablesAreFormattedAndAccessible() {
        Document page = PageFixtures.parse(report().html());
        assertThat(elements(page, "caption").get(0).getTextContent()).isEqualTo("Survival at two years");
        List<String> cells = new ArrayList<>();
        for (String name : List.of("th", "td")) {
            elements(page, name).forEach(e -> cells.add(e.getTextContent()));
        }
        assertThat(cells)
                .containsExactly(
                        "Group",
                        "n",
                        "survival",
                        "p",
                        "ALL",
                        ATTACK,
                        "AML",
                        "38",
                        "34.6%",
                        "0.0004",
                        "\u22122",
                        "not estimable",
                        "0.0321",
                        "1234",
                        "0.0%",
                        "0.5300");
        assertThat(elements(page, "th").get(0).getAttribute("scope")).isEqualTo("col");
        assertThat(elements(page, "th").get(4).getAttribute("scope")).isEqualTo("row");
        assertThat(elements(page, "td").get(0).getAttribute("class")).isEqualTo("number");
    }

    @Test
    void numbersWithoutFormatHaveFourDigits() {
        TidyTable data = TidyTable.builder()
                .number("x")
                .number("y")
                .row(0.123456, 1234.567)
                .row(12.0, 1e-7)
                .row(0.0, Double.POSITIVE_INFINITY)
                .row(-2.5, 3.0)
                .build();
        String html = HtmlReport.titled("t")
                .section(HtmlSection.of("s")
                        .table(HtmlTable.of(data, "c").decimals("y", 1))
                        .table(HtmlTable.of(data, "d").format("x", x -> "[" + x + "]")))
                .language("de")
                .html();
        List<String> cells = new ArrayList<>();
        elements(PageFixtures.parse(html), "td").forEach(e -> cells.add(e.getTextContent()));
        assertThat(cells.subList(0, 8))
                .containsExactly("0.1235", "1234.6", "12", "0.0", "0", "\u221e", "\u22122.5", "3.0");
        assertThat(cells.subList(8, 12)).containsExactly("[0.123456]", "1235", "[12.0]", "1.000e\u221207");
        assertThat(html).contains("<html lang=\"de\">").doesNotContain("<nav");
    }

    @Test
    void badInputIsRefusedInWords() {
        HtmlTable table = HtmlTable.of(numbers(), "c");
        HtmlSection section = HtmlSection.of("s");
        assertThatThrownBy(() -> HtmlReport.titled(" "))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("title of the report is blank; allowed: some words");
        assertThatThrownBy(() -> HtmlReport.titled("t").language("\"><x"))
                .hasMessage("language is '\"><x'; allowed: a language tag such as en or pt-BR");
        assertThatThrownBy(() -> HtmlSection.of("")).hasMessage("heading of a section is blank; allowed: some words");
        assertThatThrownBy(() -> HtmlTable.of(numbers(), ""))
                .hasMessage("caption of a table is blank; allowed: some words");
        assertThatThrownBy(() -> table.heading("q", "Q"))
                .hasMessage("column is q; allowed: one of [group, n, survival, p, hidden]");
        assertThatThrownBy(() -> table.decimals("group", 2))
                .hasMessage("column is group; allowed: a column of numbers or counts");
        assertThatThrownBy(() -> table.decimals("p", -1)).hasMessage("decimals is -1; allowed: 0 <= decimals <= 15");
        assertThatThrownBy(() -> table.percent("p", 16)).hasMessage("decimals is 16; allowed: 0 <= decimals <= 15");
        for (String target : List.of("javascript:alert(1)", "data:text/html,x", "//evil.example", "", "../x", "a b")) {
            assertThatThrownBy(() -> section.link("x", target))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("target of a link is '" + target + "'");
        }
    }

    @Test
    void savingIsWholeOrNotAtAll() throws IOException {
        report().save(folder.resolve("index.html"));
        assertThat(Files.readString(folder.resolve("index.html"))).isEqualTo(report().html());
        assertThatThrownBy(() -> report().save(folder.resolve("nowhere").resolve("index.html")))
                .isInstanceOf(FileException.class)
                .hasMessageContaining("does not exist");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void cellsOfManyLettersKeepAWidth() {
        TidyTable data = TidyTable.builder()
                .text("state")
                .number("share")
                .row("alive after relapse, no second transplant yet", 0.5)
                .row("dead", 0.5)
                .build();
        String html = HtmlReport.titled("T")
                .section(HtmlSection.of("S").table(HtmlTable.of(data, "States")))
                .html();

        assertThat(html)
                .contains(
                        "<th scope=\"row\" class=\"words\">alive after",
                        "<th scope=\"row\">dead<",
                        ".words { min-width");
    }
}
