/**
 * Histories of concurrent reads and writes, and the checkers of what each level of
 * consistency promises.
 */
@NullMarked
package dev.agora.measure.history;

import org.jspecify.annotations.NullMarked;
