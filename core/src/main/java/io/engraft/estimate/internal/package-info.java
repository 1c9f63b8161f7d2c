/** Risk sets, rows and sums that the estimators share; no part of the public API. */
@NullMarked
package io.engraft.estimate.internal;

import org.jspecify.annotations.NullMarked;
