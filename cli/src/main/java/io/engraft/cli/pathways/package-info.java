/** Models of published rates: calibrate, simulate. */
@NullMarked
package io.engraft.cli.pathways;

import org.jspecify.annotations.NullMarked;
