/**
 * Reads the metrics and the health of every process, each independently of the others.
 */
@NullMarked
package dev.agora.console.scrape;

import org.jspecify.annotations.NullMarked;
