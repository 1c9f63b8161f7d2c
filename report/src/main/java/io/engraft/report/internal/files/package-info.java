/** Files that are there completely or not at all; not for other modules. */
@NullMarked
package io.engraft.report.internal.files;

import org.jspecify.annotations.NullMarked;
