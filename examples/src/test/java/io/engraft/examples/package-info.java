/** Runs the examples, the notebook and every snippet of Java in the documentation. */
@NullMarked
package io.engraft.examples;

import org.jspecify.annotations.NullMarked;
