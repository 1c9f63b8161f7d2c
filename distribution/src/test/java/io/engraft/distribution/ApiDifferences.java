package io.engraft.distribution;

import japicmp.cmp.JApiCmpArchive;
import japicmp.cmp.JarArchiveComparator;
import japicmp.cmp.JarArchiveComparatorOptions;
import japicmp.config.Options;
import japicmp.model.AccessModifier;
import japicmp.model.JApiBehavior;
import japicmp.model.JApiChangeStatus;
import japicmp.model.JApiClass;
import japicmp.model.JApiCompatibility;
import japicmp.output.markdown.MarkdownOutputGenerator;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the published types of two jars differ, found by japicmp.
 *
 * @param incompatible one line a change that breaks who compiles against the old types or runs with them, such as
 *     "METHOD_REMOVED io.engraft.data.SurvivalData#size()"
 * @param report everything, in Markdown
 * @param changed the number of types that differ in any way
 */
record ApiDifferences(Set<String> incompatible, String report, long changed) {

    private static final Pattern LINE = Pattern.compile("[A-Z_]+ \\S+");

    /** Compares two jars that {@link PublicApi} wrote. */
    static ApiDifferences between(Path before, Path now) {
        JarArchiveComparatorOptions options = new JarArchiveComparatorOptions();
        options.setAccessModifier(AccessModifier.PROTECTED);
        options.getIgnoreMissingClasses().setIgnoreAllMissingClasses(true);
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.contains("engraft")) {
                options.getClassPathEntries().add(entry);
            }
        }
        JApiCmpArchive old = new JApiCmpArchive(before.toFile(), "baseline");
        JApiCmpArchive current = new JApiCmpArchive(now.toFile(), "now");
        List<JApiClass> types = new JarArchiveComparator(options).compare(old, current);

        Set<String> incompatible = new TreeSet<>();
        types.forEach(type -> collect(type, incompatible));
        Options report = Options.newDefault();
        report.setOldArchives(List.of(old));
        report.setNewArchives(List.of(current));
        report.setOutputOnlyModifications(true);
        long changed = types.stream()
                .filter(type -> type.getChangeStatus() != JApiChangeStatus.UNCHANGED)
                .count();
        return new ApiDifferences(incompatible, new MarkdownOutputGenerator(report, types).generate(), changed);
    }

    private static void collect(JApiClass type, Set<String> lines) {
        String name = type.getFullyQualifiedName();
        note(type, name, lines);
        if (type.getChangeStatus() == JApiChangeStatus.REMOVED) {
            return; // its members went with it
        }
        note(type.getSuperclass(), name, lines);
        type.getInterfaces().forEach(part -> note(part, name, lines));
        type.getFields().forEach(field -> note(field, name + "#" + field.getName(), lines));
        type.getConstructors().forEach(part -> {
            note(part, name + "#" + signature(part), lines);
            part.getParameters().forEach(parameter -> note(parameter, name + "#" + signature(part), lines));
        });
        type.getMethods().forEach(part -> {
            note(part, name + "#" + signature(part), lines);
            note(part.getReturnType(), name + "#" + signature(part), lines);
            part.getParameters().forEach(parameter -> note(parameter, name + "#" + signature(part), lines));
        });
    }

    private static String signature(JApiBehavior part) {
        return part.getName()
                + part.getParameters().stream()
                        .map(parameter -> parameter.getType())
                        .collect(Collectors.joining(",", "(", ")"));
    }

    private static void note(JApiCompatibility part, String name, Set<String> lines) {
        part.getCompatibilityChanges().stream()
                .filter(change -> !change.isBinaryCompatible() || !change.isSourceCompatible())
                .forEach(change -> lines.add(change.getType() + " " + name));
    }

    /** The changes that a file accepts: one a line, what follows # is the reason. */
    static Set<String> accepted(Path file) throws IOException {
        Set<String> accepted = new TreeSet<>();
        for (String line : Files.readAllLines(file)) {
            String change = line.replaceFirst("(^|\\s)#(\\s.*|$)", "").strip();
            if (!change.isEmpty()) {
                Matcher matcher = LINE.matcher(change);
                if (!matcher.matches()) {
                    throw new IllegalArgumentException(file + ": '" + line + "' is no line such as"
                            + " METHOD_REMOVED io.engraft.data.SurvivalData#size()");
                }
                accepted.add(change);
            }
        }
        return accepted;
    }
}
