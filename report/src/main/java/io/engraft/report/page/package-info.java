/**
 * Reports as one self-contained HTML file: {@link io.engraft.report.page.HtmlReport} holds {@link
 * io.engraft.report.page.HtmlSection sections} of text, {@link io.engraft.report.page.HtmlTable tables} and figures.
 */
@NullMarked
package io.engraft.report.page;

import org.jspecify.annotations.NullMarked;
