/** Many calls in one process: batch. */
@NullMarked
package io.engraft.cli.batch;

import org.jspecify.annotations.NullMarked;
