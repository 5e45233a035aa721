/**
 * Passwords hashed with Argon2id, a few at a time, each in time for its request.
 */
@NullMarked
package dev.agora.session.password;

import org.jspecify.annotations.NullMarked;
