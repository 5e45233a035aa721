/**
 * Open sessions: their tokens, their cache, their durable copies and their end.
 */
@NullMarked
package dev.agora.session.session;

import org.jspecify.annotations.NullMarked;
