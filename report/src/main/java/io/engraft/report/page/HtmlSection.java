package io.engraft.report.page;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.charts.Figure;
import io.engraft.charts.FigureChart;
import io.engraft.charts.internal.Markup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A section of a report: a heading, then blocks in the order in which they are added. Immutable. */
@CheckReturnValue
public final class HtmlSection {

    /** A block; it writes itself, knowing a prefix for ids that is unique in the page. */
    private interface Block {
        void write(StringBuilder out, String id);
    }

    private final String heading;
    private final List<Block> blocks;

    private HtmlSection(String heading, List<Block> blocks) {
        this.heading = heading;
        this.blocks = blocks;
    }

    /**
     * An empty section.
     *
     * @param heading its heading, not blank
     * @return the section
     * @throws InvalidArgumentException when the heading is blank
     */
    public static HtmlSection of(String heading) {
        if (heading.isBlank()) {
            throw InvalidArgumentException.of("heading of a section", "blank", "some words");
        }
        return new HtmlSection(heading, List.of());
    }

    String heading() {
        return heading;
    }

    private HtmlSection adding(Block block) {
        List<Block> longer = new ArrayList<>(blocks);
        longer.add(block);
        return new HtmlSection(heading, List.copyOf(longer));
    }

    private static void element(StringBuilder out, String name, String attributes, String text) {
        out.append('<').append(name).append(attributes).append('>').append(Markup.text(text));
        out.append("</").append(name).append(">\n");
    }

    /**
     * The same with a heading of the next level.
     *
     * @param text the heading
     * @return a new section
     */
    public HtmlSection subheading(String text) {
        return adding((out, id) -> element(out, "h3", "", text));
    }

    /**
     * The same with a paragraph.
     *
     * @param text the paragraph
     * @return a new section
     */
    public HtmlSection paragraph(String text) {
        return adding((out, id) -> element(out, "p", "", text));
    }

    /**
     * The same with a warning, set off from the text.
     *
     * @param text the warning
     * @return a new section
     */
    public HtmlSection warning(String text) {
        return adding((out, id) -> {
            out.append("<p class=\"warning\" role=\"note\"><strong>Warning:</strong> ");
            out.append(Markup.text(text)).append("</p>\n");
        });
    }

    /**
     * The same with a bulleted list.
     *
     * @param items the items
     * @return a new section
     */
    public HtmlSection list(List<String> items) {
        List<String> copy = List.copyOf(items);
        return adding((out, id) -> {
            out.append("<ul>\n");
            copy.forEach(item -> element(out, "li", "", item));
            out.append("</ul>\n");
        });
    }

    /**
     * The same with terms and what they mean or are.
     *
     * @param terms the meanings by term, in the map's order
     * @return a new section
     */
    public HtmlSection definitions(Map<String, String> terms) {
        List<Map.Entry<String, String>> copy = new ArrayList<>();
        terms.forEach((term, meaning) -> copy.add(Map.entry(term, meaning)));
        return adding((out, id) -> {
            out.append("<dl>\n");
            copy.forEach(entry -> {
                element(out, "dt", "", entry.getKey());
                element(out, "dd", "", entry.getValue());
            });
            out.append("</dl>\n");
        });
    }

    /**
     * The same with text as it was typed, in a typewriter face: a command line, a file's content.
     *
     * @param text the text
     * @return a new section
     */
    public HtmlSection preformatted(String text) {
        return adding((out, id) -> element(out, "pre", "", text));
    }

    /**
     * The same with a link on a line of its own.
     *
     * @param text what is shown
     * @param target an http or https address, or a file beside the report such as "km.csv"
     * @return a new section
     * @throws InvalidArgumentException when the target is of another kind
     */
    public HtmlSection link(String text, String target) {
        String lower = target.toLowerCase(Locale.ROOT);
        boolean web = lower.startsWith("http://") || lower.startsWith("https://");
        boolean beside = target.matches("[A-Za-z0-9_#][A-Za-z0-9_./#-]*");
        if (!web && !beside) {
            throw InvalidArgumentException.ofText(
                    "target of a link", target, "an http or https address, or a relative file name");
        }
        return adding((out, id) -> {
            out.append("<p>");
            element(out, "a", " href=\"" + Markup.attribute(target) + "\"", text);
            out.append("</p>\n");
        });
    }

    /**
     * The same with a table.
     *
     * @param table the table
     * @return a new section
     */
    public HtmlSection table(HtmlTable table) {
        return adding((out, id) -> table.write(out));
    }

    /**
     * The same with a figure, drawn into the page as SVG, with its alternative text to unfold below.
     *
     * @param chart the drawn figure
     * @param caption what stands under it, empty for none
     * @return a new section
     */
    public HtmlSection figure(FigureChart chart, String caption) {
        return adding((out, id) -> {
            out.append("<figure>\n<div class=\"drawing\">\n")
                    .append(chart.svg(id + "-"))
                    .append("</div>\n");
            if (!caption.isBlank()) {
                element(out, "figcaption", "", caption);
            }
            out.append("<details><summary>Description of the figure</summary>");
            element(out, "p", "", chart.description());
            out.append("</details>\n</figure>\n");
        });
    }

    /**
     * The same with a figure, drawn into the page as SVG.
     *
     * @param figure the figure
     * @param caption what stands under it, empty for none
     * @return a new section
     */
    public HtmlSection figure(Figure<?> figure, String caption) {
        return figure(figure.toChart(), caption);
    }

    void write(StringBuilder out, int number) {
        String id = "section-" + number;
        out.append("<section id=\"")
                .append(id)
                .append("\" aria-labelledby=\"")
                .append(id)
                .append("-heading\">\n");
        element(out, "h2", " id=\"" + id + "-heading\"", heading);
        for (int i = 0; i < blocks.size(); i++) {
            blocks.get(i).write(out, "s" + number + "b" + (i + 1));
        }
        out.append("</section>\n");
    }
}
