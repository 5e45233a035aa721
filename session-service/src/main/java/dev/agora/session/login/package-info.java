/**
 * Logs members in, and limits failed attempts.
 */
@NullMarked
package dev.agora.session.login;

import org.jspecify.annotations.NullMarked;
