package io.engraft.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A page of Markdown as far as it is run. The fenced blocks of Java of one section ({@code #} or {@code ##}) are one program,
 * in order; a block of text that comes next, before any other block, is what the Java prints. A block after {@code <!-- file:
 * NAME -->} is a file of that name.
 *
 * @param name the file's name
 * @param sections the snippets of each section that has any
 * @param files the contents of files by name
 */
record Page(String name, List<List<Snippet>> sections, Map<String, String> files) {

    private static final String FENCE = "```";
    private static final String FILE = "<!-- file: ";

    static Page read(Path file) throws IOException {
        Reader reader = new Reader(file.getFileName().toString());
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            i = reader.take(lines, i);
        }
        reader.endSection();
        return new Page(reader.page, reader.sections, reader.files);
    }

    private static final class Reader {
        private final String page;
        private final List<List<Snippet>> sections = new ArrayList<>();
        private final Map<String, String> files = new LinkedHashMap<>();
        private List<Snippet> section = new ArrayList<>();
        private String file = "";
        private boolean afterJava;

        Reader(String page) {
            this.page = page;
        }

        /** Reads from one line on and gives the last line that was read. */
        int take(List<String> lines, int at) {
            String line = lines.get(at);
            if (line.startsWith("# ") || line.startsWith("## ")) {
                endSection();
            } else if (line.startsWith(FILE)) {
                file = line.substring(FILE.length(), line.indexOf(" -->"));
            } else if (line.startsWith(FENCE)) {
                int end = at + 1;
                while (!lines.get(end).equals(FENCE)) {
                    end++;
                }
                block(line.substring(FENCE.length()), at + 1, String.join("\n", lines.subList(at + 1, end)));
                return end;
            }
            return at;
        }

        private void block(String language, int line, String text) {
            if (!file.isEmpty()) {
                files.put(file, text + "\n");
                file = "";
            } else if (language.equals("java")) {
                section.add(new Snippet(page + ":" + line, text, ""));
            } else if (language.equals("text") && afterJava) {
                Snippet last = section.remove(section.size() - 1);
                section.add(new Snippet(last.place(), last.code(), text));
            }
            afterJava = language.equals("java");
        }

        void endSection() {
            if (!section.isEmpty()) {
                sections.add(section);
            }
            section = new ArrayList<>();
            afterJava = false;
        }
    }
}
