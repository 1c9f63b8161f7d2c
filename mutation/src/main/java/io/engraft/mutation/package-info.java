/** How PIT finds and runs Engraft's tests. */
@NullMarked
package io.engraft.mutation;

import org.jspecify.annotations.NullMarked;
