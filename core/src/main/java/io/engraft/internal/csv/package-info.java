/** Reading of comma-separated text: strict UTF-8, records with line numbers, a grammar for numbers. */
@NullMarked
package io.engraft.internal.csv;

import org.jspecify.annotations.NullMarked;
