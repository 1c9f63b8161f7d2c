/** Data and data sets: {@link io.engraft.report.data.EndpointsDocument}, {@link io.engraft.report.data.DatasetsDocument}. */
@NullMarked
package io.engraft.report.data;

import org.jspecify.annotations.NullMarked;
