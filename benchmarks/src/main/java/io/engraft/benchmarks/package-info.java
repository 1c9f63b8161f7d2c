/** JMH benchmarks of Engraft. */
@NullMarked
package io.engraft.benchmarks;

import org.jspecify.annotations.NullMarked;
