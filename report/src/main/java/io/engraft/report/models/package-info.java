/** Models of covariates: {@link io.engraft.report.models.AftDocument}. */
@NullMarked
package io.engraft.report.models;

import org.jspecify.annotations.NullMarked;
