/**
 * Whether a prediction holds. Procedures take a score or one curve a patient, never a model, so that a published score is
 * judged as a fitted one is. {@link io.engraft.validation.Concordance} says how well a score orders patients by their
 * event times.
 */
@NullMarked
package io.engraft.validation;

import org.jspecify.annotations.NullMarked;
