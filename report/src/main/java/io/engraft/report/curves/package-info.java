/** Curves of patients: {@link io.engraft.report.curves.SurvivalDocument}, {@link io.engraft.report.curves.IncidenceDocument}. */
@NullMarked
package io.engraft.report.curves;

import org.jspecify.annotations.NullMarked;
