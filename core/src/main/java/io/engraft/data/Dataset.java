package io.engraft.data;

import io.engraft.FileException;
import java.io.InputStream;
import java.util.List;

/**
 * An embedded data set: what it holds and where it is from. Its text is a CSV file with a header.
 *
 * @param name the name by which it is found, such as {@code bmtcrr} ({@code @bmtcrr} on the command line)
 * @param title what it is, in a line
 * @param rows the number of rows, without the header
 * @param columns its columns, in order
 * @param source who collected or made it, and where it was taken from
 * @param licence the terms under which it is passed on
 */
public record Dataset(
        String name, String title, int rows, List<Dataset.Variable> columns, String source, String licence) {

    /**
     * A column.
     *
     * @param name its name in the header
     * @param meaning what it holds, with its levels
     * @param unit the unit of its numbers, or "-"
     */
    public record Variable(String name, String meaning, String unit) {}

    /**
     * A data set with its description.
     *
     * @param name the name by which it is found
     * @param title what it is, in a line
     * @param rows the number of rows, without the header
     * @param columns its columns, in order
     * @param source who collected or made it, and where it was taken from
     * @param licence the terms under which it is passed on
     */
    public Dataset {
        columns = List.copyOf(columns);
    }

    /**
     * The data set's CSV file.
     *
     * @return a new stream, to be closed by the caller
     * @throws FileException when no file of that name is embedded
     */
    public InputStream open() {
        InputStream stream = Dataset.class.getResourceAsStream(name + ".csv");
        if (stream == null) {
            throw new FileException("no data set '" + name + "' is embedded", null);
        }
        return stream;
    }
}
