package io.engraft.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles snippets, each list of them one class, and runs all in one Java of their own whose working folder holds the files
 * that the documentation speaks of.
 */
final class SnippetRunner {

    private static final String MARK = "\u0001";
    private static final String IMPORTS = Stream.concat(
                    Stream.of(
                            "java.nio.file.Files",
                            "java.nio.file.Path",
                            "java.util.List",
                            "java.util.Map",
                            "java.util.Set",
                            "java.util.function.*",
                            "java.util.stream.*"),
                    PublishedTypes.packages().stream().map(name -> name + ".*"))
            .map(name -> "import " + name + ";\n")
            .collect(Collectors.joining());

    /** What a notebook's kernel offers to show a picture. */
    private static final String DISPLAY = """
            static void display(Object picture, String mime) {
                if (!mime.equals("image/svg+xml") || !picture.toString().contains("<svg")) {
                    throw new IllegalArgumentException(mime);
                }
            }
            """;

    private final Path classes;
    private final Path folder;
    private final List<Path> sources = new ArrayList<>();

    /** @param room an empty folder for sources, classes and what snippets write */
    SnippetRunner(Path room) throws IOException {
        classes = Files.createDirectories(room.resolve("classes"));
        folder = Files.createDirectories(room.resolve("work"));
        Path core = Path.of("../core/src");
        Files.copy(core.resolve("main/resources/io/engraft/data/bmtcrr.csv"), folder.resolve("patients.csv"));
        Files.copy(core.resolve("main/resources/io/engraft/data/histories.csv"), folder.resolve("histories.csv"));
        Files.copy(core.resolve("test/resources/golden/msfit/data_bmtcrr.csv"), folder.resolve("stays.csv"));
    }

    /** Where snippets run and write. */
    Path folder() {
        return folder;
    }

    /** What each snippet prints. */
    Map<Snippet, String> run(List<List<Snippet>> sections) throws IOException, InterruptedException {
        StringBuilder calls = new StringBuilder();
        for (int i = 0; i < sections.size(); i++) {
            section("Section" + i, sections.get(i));
            calls.append("Section" + i + ".run();\n");
        }
        source(
                "Sections",
                "public class Sections { public static void main(String[] args) throws Exception {\n"
                        + "System.setOut(new java.io.PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true,"
                        + " java.nio.charset.StandardCharsets.UTF_8));\n" + calls + "} }\n");
        compile();
        String[] printed = execute("Sections").split(MARK, -1);
        Map<Snippet, String> result = new LinkedHashMap<>();
        List<Snippet> all = sections.stream().flatMap(List::stream).toList();
        assertThat(printed).hasSize(all.size() + 1);
        for (int i = 0; i < all.size(); i++) {
            result.put(all.get(i), printed[i + 1].stripTrailing());
        }
        return result;
    }

    private void section(String name, List<Snippet> snippets) throws IOException {
        StringBuilder imports = new StringBuilder(IMPORTS);
        StringBuilder body = new StringBuilder();
        for (Snippet snippet : snippets) {
            body.append("System.out.print(\"\\u0001\");\n// " + snippet.place() + "\n");
            if (snippet.isProgram()) {
                source(snippet.className(), snippet.code());
                body.append(snippet.className() + ".main(new String[0]);\n");
                continue;
            }
            snippet.code().lines().forEach(line -> (line.startsWith("import ") ? imports : body).append(line + "\n"));
        }
        source(
                name,
                imports + "public class " + name + " {\n" + DISPLAY + "static void run() throws Exception {\n" + body
                        + "} }\n");
    }

    private void source(String name, String text) throws IOException {
        sources.add(Files.writeString(classes.resolve(name + ".java"), text));
    }

    private void compile() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
            Iterable<? extends JavaFileObject> units = files.getJavaFileObjectsFromPaths(sources);
            List<String> options = List.of(
                    "-d",
                    classes.toString(),
                    "-cp",
                    classPath(),
                    "-proc:none",
                    "-Xlint:deprecation,unchecked,rawtypes");
            compiler.getTask(messages, files, null, options, null, units).call();
        }
        assertThat(messages.toString()).as("what the compiler says").isEmpty();
    }

    private String execute(String main) throws IOException, InterruptedException {
        Path output = classes.resolve("output.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-Djava.awt.headless=true",
                        "-Duser.language=en",
                        "-cp",
                        classes + File.pathSeparator + classPath(),
                        main)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();
        String printed = Files.readString(output);
        assertThat(ended).as("ends in five minutes: %s", printed).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }

    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
