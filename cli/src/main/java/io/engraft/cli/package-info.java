/** The engraft command: arguments in, core and charts called, text, JSON or CSV out. */
@NullMarked
package io.engraft.cli;

import org.jspecify.annotations.NullMarked;
