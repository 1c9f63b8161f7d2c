/** Objectives, Newton's method, likelihood kernels and designs; no part of the public API. */
@NullMarked
package io.engraft.regression.internal;

import org.jspecify.annotations.NullMarked;
