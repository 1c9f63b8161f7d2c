/** The engraft command: arguments in, core, charts and report called. */
@NullMarked
package io.engraft.cli;

import org.jspecify.annotations.NullMarked;
