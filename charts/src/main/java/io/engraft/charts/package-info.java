/**
 * Figures of Engraft's results, on XChart. A figure is an immutable specification ({@link
 * io.engraft.charts.SurvivalFigure}, {@link io.engraft.charts.CumulativeIncidenceFigure}, {@link
 * io.engraft.charts.StateOccupationFigure}) over the curves of {@code io.engraft.curve}, changed only by {@code
 * with...} methods, each of which returns a new figure; {@code toChart()} turns it into a {@link
 * io.engraft.charts.FigureChart}, which is an XChart chart and saves itself as SVG, PNG or PDF.
 */
@NullMarked
package io.engraft.charts;

import org.jspecify.annotations.NullMarked;
