package io.engraft.cli.output;

/**
 * What the columns of the data were, for headings.
 *
 * @param time the time's column
 * @param status the status's column
 * @param group the groups' column, empty without groups
 * @param sourceNote source and licence of an embedded data set, else empty
 * @param unitAssumed whether nobody said in which unit the times are
 * @param chosenTimes whether the rows of results are at times that were asked for
 */
public record Columns(
        String time, String status, String group, String sourceNote, boolean unitAssumed, boolean chosenTimes) {

    public Columns(String time, String status, String group, String sourceNote) {
        this(time, status, group, sourceNote, false, false);
    }

    public boolean isGrouped() {
        return !group.isEmpty();
    }
}
