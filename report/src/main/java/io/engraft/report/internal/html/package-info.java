/** Tables as HTML, for documents and pages. */
@NullMarked
package io.engraft.report.internal.html;

import org.jspecify.annotations.NullMarked;
