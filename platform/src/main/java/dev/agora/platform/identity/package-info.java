/**
 * Identifies the sender of a request: by the signed identity, which every service
 * verifies, and by the address of the client.
 */
@NullMarked
package dev.agora.platform.identity;

import org.jspecify.annotations.NullMarked;
