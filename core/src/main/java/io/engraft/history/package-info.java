/**
 * Transplant histories: {@link io.engraft.history.TransplantHistory} holds what happened to one patient and
 * {@link io.engraft.history.Endpoint} makes follow-up of it; {@link io.engraft.history.HistoryTable} is a cohort, read by
 * {@link io.engraft.history.HistoryCsv}, {@link io.engraft.history.TimeDependentRows} its rows with time-dependent
 * covariates, and {@link io.engraft.history.TransplantState} the states after transplantation.
 */
@NullMarked
package io.engraft.history;

import org.jspecify.annotations.NullMarked;
