/**
 * What was observed: {@link io.engraft.data.SurvivalData} (one row a patient or interval),
 * {@link io.engraft.data.EventTable} (counts at distinct times, mergeable), {@link io.engraft.data.DataCheck} and
 * {@link io.engraft.data.TidyTable}, which every result can turn into.
 */
@NullMarked
package io.engraft.data;

import org.jspecify.annotations.NullMarked;
