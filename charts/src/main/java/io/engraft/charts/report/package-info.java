/**
 * Reports as one self-contained HTML file: {@link io.engraft.charts.report.HtmlReport} holds {@link
 * io.engraft.charts.report.HtmlSection sections} of text, {@link io.engraft.charts.report.HtmlTable tables} and figures.
 */
@NullMarked
package io.engraft.charts.report;

import org.jspecify.annotations.NullMarked;
