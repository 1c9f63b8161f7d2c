/** Tests. */
@NullMarked
package io.engraft.internal.csv;

import org.jspecify.annotations.NullMarked;
