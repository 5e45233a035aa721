/**
 * The vocabulary of events: what happened to an aggregate, and the name it travels under.
 */
@NullMarked
package dev.agora.platform.event;

import org.jspecify.annotations.NullMarked;
