package io.engraft.examples;

/**
 * Java that a reader is shown, and what it is said to print.
 *
 * @param place where it stands, for messages
 * @param code statements, with imports before them or not, or a whole class with a main method
 * @param expected what it prints; a line of three dots stands for any lines
 */
record Snippet(String place, String code, String expected) {

    private static final String CLASS = "public class ";

    boolean isProgram() {
        return code.lines().anyMatch(line -> line.startsWith(CLASS));
    }

    String className() {
        int from = code.indexOf(CLASS) + CLASS.length();
        return code.substring(from, code.indexOf(' ', from));
    }
}
