/**
 * Data in and out: {@link io.engraft.data.io.CsvData} reads delimited text into follow-up data by {@link
 * io.engraft.data.io.ColumnRoles}, {@link io.engraft.data.io.CsvTable} a table of any other kind, {@link
 * io.engraft.data.io.CsvOutput} writes tables, {@link io.engraft.data.io.TablesawData} goes between these and Tablesaw's
 * data frames. Only the last needs Tablesaw on the class path.
 */
@NullMarked
package io.engraft.data.io;

import org.jspecify.annotations.NullMarked;
