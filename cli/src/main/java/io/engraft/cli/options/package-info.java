/** Options that several commands share. */
@NullMarked
package io.engraft.cli.options;

import org.jspecify.annotations.NullMarked;
