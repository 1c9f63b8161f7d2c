package io.engraft.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A plain CSV file of golden values: no quotes, NaN where a cell is empty. */
public final class GoldenFile {

    private final List<String> header;
    private final List<String[]> rows;

    private GoldenFile(List<String> header, List<String[]> rows) {
        this.header = header;
        this.rows = rows;
    }

    public static GoldenFile read(String resource) {
        InputStream in = Objects.requireNonNull(GoldenFile.class.getResourceAsStream(resource), resource);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            List<String> header =
                    Arrays.asList(Objects.requireNonNull(lines.readLine()).split(",", -1));
            List<String[]> rows = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rows.add(line.split(",", -1));
            }
            return new GoldenFile(header, rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int size() {
        return rows.size();
    }

    public boolean has(String column) {
        return header.contains(column);
    }

    public String text(int row, String column) {
        return rows.get(row)[header.indexOf(column)];
    }

    public double number(int row, String column) {
        String cell = text(row, column);
        return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
    }

    public double[] numbers(String column) {
        double[] values = new double[size()];
        Arrays.setAll(values, i -> number(i, column));
        return values;
    }

    public int[] integers(String column) {
        int[] values = new int[size()];
        Arrays.setAll(values, i -> Integer.parseInt(text(i, column)));
        return values;
    }

    public List<String> texts(String column) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            values.add(text(i, column));
        }
        return values;
    }

    /** Row numbers by the value of a column, in the order of the file. */
    public Map<String, List<Integer>> rowsBy(String column) {
        Map<String, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < size(); i++) {
            groups.computeIfAbsent(text(i, column), key -> new ArrayList<>()).add(i);
        }
        return groups;
    }
}
