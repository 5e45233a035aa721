/**
 * What is not let in at all: strange paths, bodies that are too large, and more requests
 * than a client may make.
 */
@NullMarked
package dev.agora.gateway.limit;

import org.jspecify.annotations.NullMarked;
