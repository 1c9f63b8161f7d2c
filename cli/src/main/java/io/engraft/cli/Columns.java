package io.engraft.cli;

/**
 * What the columns of the data were, for headings.
 *
 * @param time the time's column
 * @param status the status's column
 * @param group the groups' column, empty without groups
 * @param sourceNote source and licence of an embedded data set, else empty
 */
record Columns(String time, String status, String group, String sourceNote) {

    boolean isGrouped() {
        return !group.isEmpty();
    }
}
