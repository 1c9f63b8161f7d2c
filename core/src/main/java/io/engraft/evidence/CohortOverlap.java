package io.engraft.evidence;

/**
 * Two studies that may count the same patients.
 *
 * @param first the label of one
 * @param second the label of the other
 * @param registry the centre or registry that both name
 * @param yearsKnown whether both give their years, which then overlap; without them they could
 * @param sentence the finding in words
 */
public record CohortOverlap(String first, String second, String registry, boolean yearsKnown, String sentence) {}
