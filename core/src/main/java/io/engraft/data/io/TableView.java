package io.engraft.data.io;

import java.util.List;

/** The rows of a table with other text in some of its columns. */
abstract class TableView implements TableSource {

    final CsvTable table;
    final List<String> columns;

    TableView(CsvTable table) {
        this.table = table;
        this.columns = table.columns();
    }

    @Override
    public final String name() {
        return table.source();
    }

    @Override
    public final List<String> columnNames() {
        return columns;
    }

    @Override
    public final int rowCount() {
        return table.rowCount();
    }
}
