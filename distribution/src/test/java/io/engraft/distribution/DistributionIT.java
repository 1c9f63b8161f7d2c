package io.engraft.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The zip, unpacked into a folder whose name has a blank, and run from there. */
@DisabledOnOs(OS.WINDOWS)
class DistributionIT {

    private static final String NAME = "engraft-" + Reactor.version();
    private static final Path ZIP = Reactor.HERE.resolve("target/" + NAME + ".zip");
    private static final String[] CURVE = {
        "km", "@bmtcrr", "--time", "months", "--status", "status", "--at", "12", "--format", "json"
    };

    @TempDir
    private static Path folder;

    private static Path home;

    @BeforeAll
    static void unpack() throws IOException {
        Path place = Files.createDirectory(folder.resolve("a place"));
        URI zip = URI.create("jar:" + ZIP.toUri());
        try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", true));
                Stream<Path> all = Files.walk(files.getPath("/"))) {
            for (Path entry : all.filter(Files::isRegularFile).toList()) {
                Path target = place.resolve(entry.toString().substring(1));
                Files.createDirectories(target.getParent());
                Files.copy(entry, target);
                Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(entry));
            }
        }
        home = place.resolve(NAME);
    }

    /**
     * What a program did.
     *
     * @param status its exit status
     * @param out its standard output
     * @param err its standard error
     */
    private record Outcome(int status, String out, String err) {}

    private static Outcome run(Map<String, String> environment, List<String> command) throws Exception {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("ENGRAFT_") || name.startsWith("JAVA_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static Outcome engraft(String... arguments) throws Exception {
        return run(Map.of(), command(home.resolve("bin/engraft"), arguments));
    }

    private static List<String> command(Path program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    private static List<String> names(Path in) {
        return Reactor.list(in).stream().map(f -> f.getFileName().toString()).toList();
    }

    private static List<String> jars(Path in) {
        return names(in).stream().filter(name -> name.endsWith(".jar")).toList();
    }

    @Test
    void holdsLaunchersLicencesAndCompletion() throws IOException {
        assertThat(names(home))
                .containsExactlyInAnyOrder(
                        "bin", "lib", "completion", "licenses", "LICENSE", "NOTICE", "THIRD-PARTY.txt");
        assertThat(Files.getPosixFilePermissions(home.resolve("bin/engraft")))
                .contains(PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);
        String batch = Files.readString(home.resolve("bin/engraft.bat"));
        assertThat(batch.lines().count()).isEqualTo(batch.split("\r\n", -1).length - 1L);
        assertThat(home.resolve("LICENSE")).hasSameTextualContentAs(Reactor.ROOT.resolve("LICENSE"));
        assertThat(home.resolve("NOTICE")).hasSameTextualContentAs(Reactor.ROOT.resolve("NOTICE"));
    }

    @Test
    void libHoldsTheClassPathOfTheBuildAndNoMore() throws IOException {
        Path lib = home.resolve("lib");
        List<String> expected = new ArrayList<>(jars(Reactor.ROOT.resolve("cli/target/lib")));
        expected.add("engraft-cli-" + Reactor.version() + ".jar");
        try (JarFile launched = new JarFile(lib.resolve("engraft.jar").toFile())) {
            String path = launched.getManifest().getMainAttributes().getValue("Class-Path");
            assertThat(path.split(" ")).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(launched.stream().filter(entry -> entry.getName().endsWith(".class")))
                    .isEmpty();
        }
        expected.add("engraft.jar");
        assertThat(jars(lib)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void everyJarOfOthersIsListedWithALicenceWhoseTextIsThere() throws IOException {
        Map<String, String> licences = Files.readAllLines(home.resolve("THIRD-PARTY.txt")).stream()
                .filter(line -> line.contains(" | "))
                .collect(Collectors.toMap(line -> line.split(" \\| ")[0], line -> line.split(" \\| ")[1]));
        List<String> others = jars(home.resolve("lib")).stream()
                .filter(name -> !name.startsWith("engraft"))
                .toList();
        assertThat(licences.keySet()).containsExactlyInAnyOrderElementsOf(others);
        String texts = Reactor.list(home.resolve("licenses")).stream()
                .map(DistributionIT::firstLine)
                .collect(Collectors.joining(", "));
        for (String jar : others) {
            String licence = licences.getOrDefault(jar, "");
            assertThat(licence).as(jar).matches(".*(Apache.*2\\.0|MIT|BSD).*");
            if (!licence.contains("Apache")) {
                String artifact = jar.replaceFirst("-[0-9].*", "");
                assertThat(hasLicence(home.resolve("lib").resolve(jar)) || texts.contains(artifact))
                        .as("the text of the licence of " + jar + ", in its META-INF or in licenses/")
                        .isTrue();
            }
        }
    }

    private static String firstLine(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst().orElse("");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean hasLicence(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().anyMatch(entry -> entry.getName().startsWith("META-INF/LICENSE"));
        }
    }

    @Test
    void theLauncherRunsFromAnywhereAndThroughALink() throws Exception {
        assertThat(engraft("--version")).isEqualTo(new Outcome(0, "engraft " + Reactor.version() + "\n", ""));
        Path link = Files.createSymbolicLink(folder.resolve("link"), home.resolve("bin/engraft"));
        Path second = Files.createSymbolicLink(folder.resolve("second"), Path.of("link"));
        assertThat(run(Map.of(), command(link, "--version")).out()).startsWith("engraft ");
        assertThat(run(Map.of(), command(second, "--version")).out()).startsWith("engraft ");
    }

    @Test
    void theSameBytesAsWithoutTheLauncherFirstAndLater() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        String jar = Reactor.ROOT
                .resolve("cli/target/engraft-cli-" + Reactor.version() + ".jar")
                .toString();
        List<String> plain = new ArrayList<>(List.of(java, "-jar", jar));
        plain.addAll(Arrays.asList(CURVE));
        Outcome expected = run(Map.of(), plain);
        assertThat(expected.status()).isZero();
        assertThat(engraft(CURVE)).isEqualTo(expected);
        assertThat(engraft(CURVE)).isEqualTo(expected);
    }

    @Test
    void anArchiveForThisJavaIsKeptAndABrokenOneDoesNoHarm() throws Exception {
        engraft("--version");
        Path archive = home.resolve("lib/engraft-" + Runtime.version().feature() + ".jsa");
        assertThat(archive).exists();
        assertThat(Files.size(archive)).isGreaterThan(1_000_000);
        assertThat(names(home.resolve("lib"))).noneMatch(name -> name.matches("engraft-.*jsa\\..*"));
        byte[] kept = Files.readAllBytes(archive);
        Files.delete(archive);
        Files.writeString(archive, "not an archive");
        assertThat(engraft("--version")).isEqualTo(new Outcome(0, "engraft " + Reactor.version() + "\n", ""));
        Files.write(archive, kept);
        Map<String, String> options = Map.of("ENGRAFT_JAVA_OPTS", "-Xshare:off");
        assertThat(run(options, command(home.resolve("bin/engraft"), "--version"))
                        .err())
                .isEmpty();
    }

    /** Also with a garbage collector of one's own, and with standard streams that are closed. */
    @Test
    void argumentsAndFilesAreReadInEveryLocale() throws Exception {
        Files.writeString(folder.resolve("days.csv"), "\u751F\u5B58\u65F6\u95F4,s\n1,1\n2,0\n3,1\n");
        Path script = Files.writeString(
                folder.resolve("call.sh"),
                "cd \"$1\" && \"$2\" km days.csv --time \u751F\u5B58\u65F6\u95F4 --status s --out \u00FCbersicht.txt"
                        + " && [ -s \u00FCbersicht.txt ] && rm \u00FCbersicht.txt && ! \"$2\" km - --time t --status s <&-"
                        + " && ! \"$2\" --help >&-\n");
        String launcher = home.resolve("bin/engraft").toString();
        for (String locale : List.of("C", "POSIX", "C.UTF-8")) {
            Map<String, String> environment = Map.of("LC_ALL", locale, "ENGRAFT_JAVA_OPTS", "-XX:+UseParallelGC");
            Outcome outcome = run(environment, List.of("bash", script.toString(), folder.toString(), launcher));
            assertThat(outcome.status()).as(locale + ": " + outcome.err()).isZero();
            assertThat(outcome.err()).contains("wrote \u00FCbersicht.txt", "the file is empty", "cannot be written");
        }
    }

    @Test
    void longCommandsRunToo() throws Exception {
        Outcome simulated = engraft(
                "simulate",
                "--model",
                "jmml",
                "--patients",
                "1000",
                "--horizon",
                "60",
                "--seed",
                "1",
                "--format",
                "json");
        assertThat(simulated.status()).isZero();
        assertThat(simulated.out()).contains("\"command\":\"simulate\"");
        assertThat(simulated.err()).isEmpty();
    }

    @Test
    void exitStatusesPassThrough() throws Exception {
        assertThat(engraft("km", "@bmtcrr", "--nonsense").status()).isEqualTo(2);
        assertThat(engraft("km", "no such file.csv", "--time", "t", "--status", "s")
                        .status())
                .isEqualTo(1);
    }

    @Test
    void aJavaThatIsNotThereOrTooOldIsNamed() throws Exception {
        Path program = home.resolve("bin/engraft");
        Outcome none = run(Map.of("JAVA_HOME", folder.toString()), command(program, "--version"));
        assertThat(none.status()).isEqualTo(3);
        assertThat(none.err()).contains("JAVA_HOME is " + folder + ", and there is no bin/java in it");

        Path old = Files.createDirectories(folder.resolve("old/bin")).resolve("java");
        Files.writeString(old, "#!/bin/sh\necho 'openjdk version \"1.8.0_302\"' >&2\n");
        Files.setPosixFilePermissions(old, java.util.EnumSet.allOf(PosixFilePermission.class));
        Outcome eight = run(Map.of("JAVA_HOME", folder.resolve("old").toString()), command(program, "--version"));
        assertThat(eight.status()).isEqualTo(3);
        assertThat(eight.err()).contains("is Java 8; a Java 17 or later is needed");
    }

    @Test
    void bashCompletesCommandsAndOptions() throws Exception {
        String script = home.resolve("completion/engraft").toString();
        assertThat(completed(script, "engraft", "ku")).isEmpty();
        assertThat(completed(script, "engraft", "cu")).containsExactly("cuminc");
        assertThat(completed(script, "engraft", "km", "--stat")).contains("--status");
        assertThat(completed(script, "engraft", "simulate", "--pat")).contains("--patients");
    }

    private static List<String> completed(String script, String... words) throws Exception {
        String line = Arrays.stream(words).map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        String commands =
                "source '" + script + "'; COMP_WORDS=(" + line + "); COMP_CWORD=" + (words.length - 1) + "; COMP_LINE='"
                        + String.join(" ", words) + "'; _complete_engraft; printf '%s\\n' \"${COMPREPLY[@]}\"";
        Outcome outcome = run(Map.of(), List.of("bash", "-c", commands));
        return outcome.out()
                .lines()
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    @Test
    void theImageRunsTheLauncherAsAnOrdinaryUser() throws IOException {
        String image = Files.readString(Reactor.HERE.resolve("Containerfile"), StandardCharsets.UTF_8);
        assertThat(image)
                .contains("eclipse-temurin:17-jre", "ENTRYPOINT [\"/opt/engraft/bin/engraft\"]")
                .containsPattern("(?m)^USER (?!root|0)");
    }
}
