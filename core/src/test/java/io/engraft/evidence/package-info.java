/** Tests of what others published. */
@NullMarked
package io.engraft.evidence;

import org.jspecify.annotations.NullMarked;
