/** Models of published rates: calibrate, simulate, compare. */
@NullMarked
package io.engraft.cli.pathways;

import org.jspecify.annotations.NullMarked;
