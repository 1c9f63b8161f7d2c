/** Comparisons of groups: test. */
@NullMarked
package io.engraft.cli.tests;

import org.jspecify.annotations.NullMarked;
