/** Tests of the package. */
@NullMarked
package io.engraft.inference;

import org.jspecify.annotations.NullMarked;
