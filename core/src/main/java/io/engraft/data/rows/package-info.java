/**
 * Rows (entry, time] for time-dependent questions, from any data: {@link io.engraft.data.rows.RowsBuilder} merges follow-up
 * with what was measured ({@link io.engraft.data.rows.TimedCovariate}) and what happened ({@link
 * io.engraft.data.rows.TimedEvents}) later, cuts wherever something changes and at given times, and tells what became of
 * every record; {@link io.engraft.data.rows.RowsCheck} holds the rows of each patient against each other.
 */
@NullMarked
package io.engraft.data.rows;

import org.jspecify.annotations.NullMarked;
