/** Comparisons of groups: {@link io.engraft.report.tests.TestDocument}. */
@NullMarked
package io.engraft.report.tests;

import org.jspecify.annotations.NullMarked;
