/**
 * Results as documents. A {@link io.engraft.report.Document} is a result with its {@link io.engraft.report.Conventions
 * conventions}, its {@link io.engraft.report.Provenance data} and its warnings; it is written as JSON, tidy table,
 * {@link io.engraft.report.AnalysisResults analysis results data}, text, Markdown, LaTeX or HTML. The documents of each
 * family of results stand in the rooms beside this package: {@link io.engraft.report.curves}, {@link
 * io.engraft.report.tests}, {@link io.engraft.report.models}, {@link io.engraft.report.evidence}, {@link
 * io.engraft.report.pathways} and {@link io.engraft.report.data}; whole pages are made in {@link
 * io.engraft.report.page}. An error is an {@link io.engraft.report.ErrorDocument}.
 */
@NullMarked
package io.engraft.report;

import org.jspecify.annotations.NullMarked;
