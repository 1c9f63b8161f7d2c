/** What others published: pool, reconstruct. */
@NullMarked
package io.engraft.cli.evidence;

import org.jspecify.annotations.NullMarked;
