/**
 * The signed identity of an open session, as the gateway asks for it.
 */
@NullMarked
package dev.agora.session.identity;

import org.jspecify.annotations.NullMarked;
