/** Who is at risk at each event time, and what Cox's partial likelihood makes of it; no part of the public API. */
@NullMarked
package io.engraft.regression.internal.risk;

import org.jspecify.annotations.NullMarked;
