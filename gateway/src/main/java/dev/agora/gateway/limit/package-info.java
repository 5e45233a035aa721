/**
 * What is not let in at all: strange paths and bodies that are too large.
 */
@NullMarked
package dev.agora.gateway.limit;

import org.jspecify.annotations.NullMarked;
