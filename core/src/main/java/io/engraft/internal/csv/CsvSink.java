package io.engraft.internal.csv;

/** Takes the records of a file as they are read. */
public interface CsvSink {

    /**
     * What was found at the start of the file, before its first record.
     *
     * @param head the first lines, split as they will be
     * @param numbers how its numbers are written
     */
    default void start(CsvHead head, DecimalMark numbers) {
        // of use to those who read numbers, or name columns
    }

    /**
     * One field of the record that is being read. The buffer may be used only during the call.
     *
     * @param index of the field in its record, from 0
     * @param buffer holds the field's characters, without the quotes around it
     * @param from the first character
     * @param length the number of characters
     */
    void field(int index, char[] buffer, int from, int length);

    /**
     * The end of a record.
     *
     * @param fields how many it had
     * @param line the line on which it started, from 1
     * @return false to stop reading
     */
    boolean record(int fields, long line);
}
