/**
 * The records of session-service about a member, for an export.
 */
@NullMarked
package dev.agora.session.exports;

import org.jspecify.annotations.NullMarked;
