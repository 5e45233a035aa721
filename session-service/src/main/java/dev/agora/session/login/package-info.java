/**
 * Sessions: logging in and out, and whose token it is, as a signed identity.
 */
@NullMarked
package dev.agora.session.login;

import org.jspecify.annotations.NullMarked;
