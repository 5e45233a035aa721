package dev.agora.graph.set;

import java.time.Duration;

import dev.agora.graph.tie.TieKind;

/**
 * The right to load one set, which its holder may lose at any time.
 *
 * @param kind the kind of the set
 * @param owner the member whose set it is
 * @param token identifies the holder
 * @param ttl the lifetime, after which a dead holder no longer has the lease
 */
record SetLease(TieKind kind, String owner, String token, Duration ttl) {
}
