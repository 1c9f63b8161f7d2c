package io.engraft.pathway;

/**
 * A published figure that an assumption rests on.
 *
 * @param id its id in the evidence table, for example "E30"
 * @param citation authors, journal, year
 * @param finding the figure, in words
 * @param url where it was read
 */
public record EvidenceSource(String id, String citation, String finding, String url) {}
