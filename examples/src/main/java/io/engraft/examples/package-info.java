/** Short programs, one idea each; the build runs them and checks what they print and write. */
@NullMarked
package io.engraft.examples;

import org.jspecify.annotations.NullMarked;
