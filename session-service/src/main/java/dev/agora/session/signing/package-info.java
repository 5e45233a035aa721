/**
 * The private keys that sign identities, and which of them signs.
 */
@NullMarked
package dev.agora.session.signing;

import org.jspecify.annotations.NullMarked;
