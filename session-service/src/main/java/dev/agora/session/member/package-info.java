/**
 * Registers, finds and authenticates members.
 */
@NullMarked
package dev.agora.session.member;

import org.jspecify.annotations.NullMarked;
