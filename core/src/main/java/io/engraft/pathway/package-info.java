/**
 * Pathways of care as files of named assumptions, and the questions asked of them.
 * {@link io.engraft.pathway.PathwayModel} is a model read from a file of {@link io.engraft.pathway.Assumption}s, and
 * {@link io.engraft.pathway.JmmlPathways} are those that ship. {@link io.engraft.pathway.OutcomeQuestions},
 * {@link io.engraft.pathway.SurvivalParts} and {@link io.engraft.pathway.PathwayComparison} answer questions of them.
 */
@NullMarked
package io.engraft.pathway;

import org.jspecify.annotations.NullMarked;
