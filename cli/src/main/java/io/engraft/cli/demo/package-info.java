/** The main job as a report: demo. */
@NullMarked
package io.engraft.cli.demo;

import org.jspecify.annotations.NullMarked;
