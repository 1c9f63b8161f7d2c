/** Tests. */
@NullMarked
package io.engraft.data;

import org.jspecify.annotations.NullMarked;
