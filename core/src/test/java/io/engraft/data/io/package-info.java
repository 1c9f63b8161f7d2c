/** Tests. */
@NullMarked
package io.engraft.data.io;

import org.jspecify.annotations.NullMarked;
