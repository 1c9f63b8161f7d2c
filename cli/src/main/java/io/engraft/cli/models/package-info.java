/** Models of covariates: aft. */
@NullMarked
package io.engraft.cli.models;

import org.jspecify.annotations.NullMarked;
