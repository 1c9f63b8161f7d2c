package io.engraft.examples;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The code cells of a Jupyter notebook as snippets. The value of an expression at a cell's end is shown as its text. */
final class Notebook {

    private Notebook() {}

    static List<Snippet> read(Path file) throws IOException {
        List<Snippet> snippets = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
            json.nextToken();
            for (Object cell : list(part(tree(json), "cells"))) {
                if (part(cell, "cell_type").equals("code")) {
                    StringBuilder shown = new StringBuilder();
                    list(part(cell, "outputs")).forEach(output -> shown.append(shown(output)));
                    String place = file.getFileName() + " cell " + (snippets.size() + 1);
                    snippets.add(new Snippet(place, statements(text(part(cell, "source"))), shown.toString()));
                }
            }
        }
        return snippets;
    }

    private static String shown(Object output) {
        return part(output, "output_type").equals("stream")
                ? text(part(output, "text"))
                : text(part(part(output, "data"), "text/plain")) + "\n";
    }

    /** What a kernel does with a cell: magics are its own, and an expression at the end is shown. */
    private static String statements(String cell) {
        String code = String.join(
                        "\n", cell.lines().filter(line -> !line.startsWith("%")).toList())
                .strip();
        if (code.isEmpty() || code.endsWith(";") || code.endsWith("}")) {
            return code;
        }
        int from = code.lastIndexOf(";\n") + 1;
        return code.substring(0, from) + "\nSystem.out.println("
                + code.substring(from).strip() + ");";
    }

    private static String text(Object lines) {
        StringBuilder text = new StringBuilder();
        list(lines).forEach(text::append);
        return text.toString();
    }

    private static Object part(Object node, String key) {
        Object part = ((Map<?, ?>) node).get(key);
        if (part == null) {
            throw new IllegalArgumentException("no " + key + " in " + node);
        }
        return part;
    }

    private static List<?> list(Object node) {
        return (List<?>) node;
    }

    private static Object tree(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Object> map = new LinkedHashMap<>();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String key = json.currentName();
                json.nextToken();
                map.put(key, tree(json));
            }
            return map;
        }
        if (json.currentToken() == JsonToken.START_ARRAY) {
            List<Object> list = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                list.add(tree(json));
            }
            return list;
        }
        return json.getText();
    }
}
