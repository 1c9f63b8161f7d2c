/** How results leave: formats, files, progress, exit status. */
@NullMarked
package io.engraft.cli.output;

import org.jspecify.annotations.NullMarked;
