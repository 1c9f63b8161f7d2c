/** Machinery shared by the public packages; never part of a public signature. */
@NullMarked
package io.engraft.internal;

import org.jspecify.annotations.NullMarked;
