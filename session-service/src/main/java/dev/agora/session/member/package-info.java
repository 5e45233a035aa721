/**
 * Members: registering, looking up, and checking their passwords.
 */
@NullMarked
package dev.agora.session.member;

import org.jspecify.annotations.NullMarked;
