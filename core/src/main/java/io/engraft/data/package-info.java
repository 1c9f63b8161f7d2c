/**
 * What was observed: {@link io.engraft.data.SurvivalData} (one row a patient or interval),
 * {@link io.engraft.data.CensoredData} (left-, right- or interval-censored times), {@link io.engraft.data.EventTable} (counts
 * at distinct times, mergeable), {@link io.engraft.data.DataCheck}, and {@link io.engraft.data.TidyTable}, which every result
 * can turn into. {@link io.engraft.data.MultiStateData} holds stays in states, {@link io.engraft.data.MultiStateCheck} what
 * is wrong with them. {@link io.engraft.data.Datasets} are embedded. {@link io.engraft.data.Grouped} holds one estimate a
 * group.
 */
@NullMarked
package io.engraft.data;

import org.jspecify.annotations.NullMarked;
