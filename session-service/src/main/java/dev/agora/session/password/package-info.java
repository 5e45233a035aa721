/**
 * Hashes passwords with Argon2id, a few at a time, within the deadlines of requests.
 */
@NullMarked
package dev.agora.session.password;

import org.jspecify.annotations.NullMarked;
