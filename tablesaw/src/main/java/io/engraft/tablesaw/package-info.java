/**
 * Tablesaw's data frames in and out: {@link io.engraft.tablesaw.TablesawData} reads one as follow-up data, and turns
 * any result's {@code tidy()} into one.
 */
@NullMarked
package io.engraft.tablesaw;

import org.jspecify.annotations.NullMarked;
