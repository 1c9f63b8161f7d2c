/** Tests of the whole. */
@NullMarked
package io.engraft;

import org.jspecify.annotations.NullMarked;
