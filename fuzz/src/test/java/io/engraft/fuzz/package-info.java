/** Readers against input that nobody has thought of. */
@NullMarked
package io.engraft.fuzz;

import org.jspecify.annotations.NullMarked;
