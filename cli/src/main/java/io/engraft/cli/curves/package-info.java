/** Curves of patients: km, cuminc. */
@NullMarked
package io.engraft.cli.curves;

import org.jspecify.annotations.NullMarked;
