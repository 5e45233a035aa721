/**
 * Members change their names and delete their accounts.
 */
@NullMarked
package dev.agora.session.account;

import org.jspecify.annotations.NullMarked;
