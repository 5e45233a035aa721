/**
 * Reads the private keys that sign identities, and chooses the one that signs.
 */
@NullMarked
package dev.agora.session.signing;

import org.jspecify.annotations.NullMarked;
