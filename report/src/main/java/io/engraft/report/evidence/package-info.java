/** What others published: {@link io.engraft.report.evidence.PoolDocument}, {@link io.engraft.report.evidence.ReconstructionDocument}. */
@NullMarked
package io.engraft.report.evidence;

import org.jspecify.annotations.NullMarked;
