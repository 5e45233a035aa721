/**
 * The writes that a client has seen: the token that carries them, and the wait until a
 * service has applied them.
 */
@NullMarked
package dev.agora.platform.consistency;

import org.jspecify.annotations.NullMarked;
