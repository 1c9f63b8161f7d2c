package io.engraft.cli;

import io.engraft.report.ErrorDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line: the parser's own words leave out what would have been allowed. */
final class UsageWords {

    /** Names this many letters apart may be one, mistyped. */
    private static final int NEAR = 2;

    private static final Pattern VALUE = Pattern.compile("(?:is|names) '?([^';]+?)'?(?: twice)?; allowed: ");
    private static final Pattern USELESS = Pattern.compile("^(--\\S+) means nothing (without|with|to) ([^:]*)");
    private static final Pattern MISSING = Pattern.compile("^(--\\S+) is missing");
    private static final Pattern REQUIRED = Pattern.compile("'(--[^=']+)=([^']+)'");
    private static final String TOGETHER = "go together";

    private UsageWords() {}

    /** The error of a command line, with the value and what is allowed wherever they are known. */
    static ErrorDocument of(ParameterException e) {
        CommandSpec command = e.getCommandLine().getCommandSpec();
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unmatched(unmatched.getUnmatched().get(0), command);
        }
        String message = String.valueOf(e.getMessage());
        if (e instanceof MissingParameterException missing) {
            return missing(message, missing);
        }
        ArgSpec argument = e.getArgSpec();
        if (e instanceof OverwrittenOptionException overwritten) {
            ArgSpec twice = overwritten.getOverwritten();
            return error(message, twice instanceof OptionSpec o ? o.longestName() : null, form(twice) + " once");
        }
        if (argument != null
                && e.getValue() == null
                && ErrorDocument.usage(message, null).allowed() == null) {
            return error(message, null, form(argument));
        }
        return inWords(message, e.getValue(), command);
    }

    private static ErrorDocument error(String message, @Nullable String value, @Nullable String allowed) {
        return new ErrorDocument(ErrorDocument.Kind.USAGE, message, null, null, null, value, allowed);
    }

    private static ErrorDocument unmatched(String first, CommandSpec command) {
        if (command.parent() == null) {
            Collection<String> commands = command.subcommands().keySet();
            String what = first.startsWith("-")
                    ? "'" + first + "' stands where a command is expected"
                    : "unknown command '" + first + "'";
            String allowed = String.join(", ", commands);
            return error(what + "; commands are: " + allowed + near(first, commands), first, allowed);
        }
        if (first.startsWith("-")) {
            List<String> options = command.options().stream()
                    .filter(o -> !o.hidden())
                    .map(OptionSpec::longestName)
                    .sorted()
                    .toList();
            String bare = first.replaceFirst("=.*", "");
            String message = "Unknown option '" + bare + "' of " + command.name() + near(bare, options);
            return error(message, bare, String.join(", ", options));
        }
        String takes = command.positionalParameters().stream()
                .map(PositionalParamSpec::paramLabel)
                .collect(Collectors.joining(" "));
        String allowed = (takes.isEmpty() ? "" : takes + ", then ") + "options and their values";
        return error("argument '" + first + "' is one too many; allowed: " + allowed, first, allowed);
    }

    private static ErrorDocument missing(String message, MissingParameterException e) {
        List<String> forms = new ArrayList<>();
        for (ArgSpec missing : e.getMissing()) {
            forms.add(form(missing));
        }
        Matcher found = Pattern.compile("but found '(.*)'$").matcher(message);
        return error(message, found.find() ? found.group(1) : null, String.join(", ", forms));
    }

    /** What the command's own sentences say. */
    private static ErrorDocument inWords(String message, @Nullable String given, CommandSpec command) {
        ErrorDocument said = ErrorDocument.usage(message, given);
        Matcher value = VALUE.matcher(message);
        if (given == null && value.find()) {
            said = ErrorDocument.usage(message, value.group(1).equals("empty") ? "" : value.group(1));
        }
        Matcher useless = USELESS.matcher(message);
        if (useless.find()) {
            String allowed = switch (useless.group(2)) {
                case "without" -> useless.group(3) + " beside it, or a call without it";
                case "with" -> "one of them";
                default -> "a call without it";
            };
            return error(message, said.value() == null ? useless.group(1) : said.value(), allowed);
        }
        List<String> required = REQUIRED.matcher(message)
                .results()
                .map(r -> r.group(1) + " " + r.group(2))
                .toList();
        if (!required.isEmpty()) {
            return error(message, said.value(), String.join(", ", required));
        }
        Matcher missing = MISSING.matcher(message);
        OptionSpec option = missing.find() ? command.findOption(missing.group(1)) : null;
        if (said.allowed() == null && option != null) {
            return error(message, said.value(), form(option));
        }
        return said.allowed() == null && message.contains(TOGETHER)
                ? error(message, said.value(), "all of them, or none")
                : said;
    }

    /** An option or argument as it is written, such as "--time COL". */
    private static String form(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return argument.paramLabel();
        }
        return option.arity().max() == 0 ? option.longestName() : option.longestName() + " " + option.paramLabel();
    }

    private static String near(String given, Collection<String> names) {
        Optional<String> nearest = nearest(given, names);
        return nearest.map(name -> "; did you mean " + name + "?").orElse("");
    }

    /** The name that was meant, where one is near enough. */
    static Optional<String> nearest(String given, Collection<String> names) {
        String best = null;
        int least = Math.min(NEAR, given.length() / 2) + 1;
        for (String name : names) {
            int apart = name.startsWith(given) ? 1 : distance(given, name);
            if (apart < least) {
                least = apart;
                best = name;
            }
        }
        return Optional.ofNullable(best);
    }

    /** How many letters have to be put in, taken out, changed, or swapped with the next. */
    private static int distance(String a, String b) {
        int[][] apart = new int[a.length() + 1][b.length() + 1];
        Arrays.setAll(apart[0], j -> j);
        for (int i = 1; i <= a.length(); i++) {
            apart[i][0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = apart[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                apart[i][j] = Math.min(changed, Math.min(apart[i - 1][j], apart[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    apart[i][j] = Math.min(apart[i][j], apart[i - 2][j - 2] + 1);
                }
            }
        }
        return apart[a.length()][b.length()];
    }
}
