/** Data and data sets: endpoints, datasets. */
@NullMarked
package io.engraft.cli.data;

import org.jspecify.annotations.NullMarked;
