package io.engraft.report.page;

import io.engraft.CheckReturnValue;
import io.engraft.FileException;
import io.engraft.InvalidArgumentException;
import io.engraft.charts.internal.Markup;
import io.engraft.internal.NewFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A report as one self-contained HTML file, for the screen, the phone and print: no scripts, no outside resources.
 * All text is escaped. Immutable: every method returns a new report. The same report gives the same bytes.
 */
@CheckReturnValue
public final class HtmlReport {

    private static final int CONTENTS_FROM = 3;

    private final String title;
    private final String subtitle;
    private final String language;
    private final List<HtmlSection> sections;
    private final List<String> footer;

    private HtmlReport(
            String title, String subtitle, String language, List<HtmlSection> sections, List<String> footer) {
        this.title = title;
        this.subtitle = subtitle;
        this.language = language;
        this.sections = sections;
        this.footer = footer;
    }

    /**
     * An empty report.
     *
     * @param title its title, not blank
     * @return the report
     * @throws InvalidArgumentException when the title is blank
     */
    public static HtmlReport titled(String title) {
        if (title.isBlank()) {
            throw InvalidArgumentException.of("title of the report", "blank", "some words");
        }
        return new HtmlReport(title, "", "en", List.of(), List.of());
    }

    /**
     * The line under the title.
     *
     * @param text the line
     * @return a new report
     */
    public HtmlReport subtitle(String text) {
        return new HtmlReport(title, text, language, sections, footer);
    }

    /**
     * The language of the text, for screen readers and hyphenation; "en" without this call.
     *
     * @param tag a language tag such as "de" or "pt-BR"
     * @return a new report
     * @throws InvalidArgumentException when it is not a language tag
     */
    public HtmlReport language(String tag) {
        if (!tag.matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")) {
            throw InvalidArgumentException.ofText("language", tag, "a language tag such as en or pt-BR");
        }
        return new HtmlReport(title, subtitle, tag, sections, footer);
    }

    /**
     * The same with one more section at the end. From three sections on the report starts with a list of them.
     *
     * @param section the section
     * @return a new report
     */
    public HtmlReport section(HtmlSection section) {
        List<HtmlSection> longer = new ArrayList<>(sections);
        longer.add(section);
        return new HtmlReport(title, subtitle, language, List.copyOf(longer), footer);
    }

    /**
     * The same with one more line at the foot.
     *
     * @param text the line
     * @return a new report
     */
    public HtmlReport footer(String text) {
        List<String> longer = new ArrayList<>(footer);
        longer.add(text);
        return new HtmlReport(title, subtitle, language, sections, List.copyOf(longer));
    }

    /**
     * The report as text.
     *
     * @return a whole HTML document
     */
    public String html() {
        StringBuilder out = new StringBuilder(1 << 16);
        out.append("<!DOCTYPE html>\n<html lang=\"").append(Markup.attribute(language));
        out.append("\">\n<head>\n<meta charset=\"utf-8\"/>\n");
        out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
        out.append("<meta http-equiv=\"Content-Security-Policy\"");
        out.append(" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n");
        out.append("<meta name=\"color-scheme\" content=\"light\"/>\n<meta name=\"generator\" content=\"Engraft\"/>\n");
        out.append("<title>").append(Markup.text(title)).append("</title>\n");
        out.append("<style>\n").append(style()).append("</style>\n</head>\n<body>\n<header>\n");
        out.append("<h1>").append(Markup.text(title)).append("</h1>\n");
        if (!subtitle.isBlank()) {
            out.append("<p class=\"subtitle\">").append(Markup.text(subtitle)).append("</p>\n");
        }
        out.append("</header>\n");
        contents(out);
        out.append("<main>\n");
        for (int i = 0; i < sections.size(); i++) {
            sections.get(i).write(out, i + 1);
        }
        out.append("</main>\n");
        if (!footer.isEmpty()) {
            out.append("<footer>\n");
            footer.forEach(line -> out.append("<p>").append(Markup.text(line)).append("</p>\n"));
            out.append("</footer>\n");
        }
        return out.append("</body>\n</html>\n").toString();
    }

    private void contents(StringBuilder out) {
        if (sections.size() < CONTENTS_FROM) {
            return;
        }
        out.append("<nav aria-label=\"Contents\">\n<ol>\n");
        for (int i = 0; i < sections.size(); i++) {
            out.append("<li><a href=\"#section-").append(i + 1).append("\">");
            out.append(Markup.text(sections.get(i).heading())).append("</a></li>\n");
        }
        out.append("</ol>\n</nav>\n");
    }

    private static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("/io/engraft/report/page.css")) {
            if (in == null) {
                throw new IllegalStateException("bundled report.css is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes the report: whole, or not at all.
     *
     * @param file the file; an existing one is replaced
     * @throws FileException when the folder does not exist or writing fails
     */
    public void save(Path file) {
        NewFile.requireWritable(file);
        byte[] page = html().getBytes(StandardCharsets.UTF_8);
        NewFile.write(file, target -> target.write(page));
    }
}
