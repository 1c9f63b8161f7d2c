/** Tests of the package. */
@NullMarked
package io.engraft.estimate;

import org.jspecify.annotations.NullMarked;
