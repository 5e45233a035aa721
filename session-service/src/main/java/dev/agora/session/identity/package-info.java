/**
 * Issues the signed identities that the gateway requests for open sessions.
 */
@NullMarked
package dev.agora.session.identity;

import org.jspecify.annotations.NullMarked;
