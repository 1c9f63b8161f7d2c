/** Fonts, canvases and file writing behind the figures. Not part of the API. */
@NullMarked
package io.engraft.charts.internal;

import org.jspecify.annotations.NullMarked;
