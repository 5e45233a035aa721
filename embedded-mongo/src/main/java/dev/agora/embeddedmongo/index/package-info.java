/**
 * The indexes of the embedded MongoDB, and the parts of a query that they answer.
 */
@NullMarked
package dev.agora.embeddedmongo.index;

import org.jspecify.annotations.NullMarked;
