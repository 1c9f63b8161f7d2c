/** What the documents share; not for other modules. */
@NullMarked
package io.engraft.report.internal;

import org.jspecify.annotations.NullMarked;
