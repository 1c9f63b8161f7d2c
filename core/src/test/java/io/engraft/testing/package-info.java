/** Helpers of the tests. */
@NullMarked
package io.engraft.testing;

import org.jspecify.annotations.NullMarked;
