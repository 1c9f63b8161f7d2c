/**
 * What others published, and what it can bear: {@link io.engraft.evidence.EvidenceTable} holds published figures and says
 * which may calibrate, {@link io.engraft.evidence.CoherenceAudit} asks whether they can all be true, {@link
 * io.engraft.evidence.ProportionPool} combines proportions of several studies, {@link
 * io.engraft.evidence.ExactProportion} and {@link io.engraft.evidence.UnitComparison} set one unit's count beside a
 * published range, {@link io.engraft.evidence.CurveReconstruction} gives patient-level data back from a printed curve.
 */
@NullMarked
package io.engraft.evidence;

import org.jspecify.annotations.NullMarked;
