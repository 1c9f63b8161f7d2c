/**
 * Data in and out: {@link io.engraft.data.io.CsvData} reads delimited text into follow-up data by {@link
 * io.engraft.data.io.ColumnRoles}, {@link io.engraft.data.io.TableData} tables that other libraries hold, {@link
 * io.engraft.data.io.CsvTable} text of any other kind; {@link io.engraft.data.io.CsvOutput} writes tables.
 */
@NullMarked
package io.engraft.data.io;

import org.jspecify.annotations.NullMarked;
