package io.engraft.evidence;

import java.util.OptionalInt;

/**
 * Where a published figure stands.
 *
 * @param citation the source in one line
 * @param author its first author or issuing body, empty where that is not known
 * @param journal journal, volume and page, empty where there is none
 * @param year the year of publication, empty where that is not known
 * @param url the address at which the figure was read, empty for derived figures
 */
public record PublishedSource(String citation, String author, String journal, OptionalInt year, String url) {}
