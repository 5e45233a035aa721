/**
 * Members change what they are called, and leave.
 */
@NullMarked
package dev.agora.session.account;

import org.jspecify.annotations.NullMarked;
