/** What the build puts into the distribution beside the jars. */
@NullMarked
package io.engraft.distribution;

import org.jspecify.annotations.NullMarked;
