/**
 * What was observed: {@link io.engraft.data.SurvivalData} (one row a patient or interval),
 * {@link io.engraft.data.EventTable} (counts at distinct times, mergeable), {@link io.engraft.data.DataCheck} and
 * {@link io.engraft.data.TidyTable}, which every result can turn into. {@link io.engraft.data.TransplantHistory} holds
 * what happened to one patient and {@link io.engraft.data.Endpoint} makes follow-up of it; {@link
 * io.engraft.data.HistoryTable} is a cohort, {@link io.engraft.data.TimeDependentRows} its rows with time-dependent
 * covariates. {@link io.engraft.data.MultiStateData} holds stays in states, {@link io.engraft.data.MultiStateCheck} what
 * is wrong with them, and {@link io.engraft.data.TransplantState} the states after transplantation. {@link io.engraft.data.Datasets} are embedded.
 */
@NullMarked
package io.engraft.data;

import org.jspecify.annotations.NullMarked;
