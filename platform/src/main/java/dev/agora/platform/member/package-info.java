/**
 * The projection of members that each service keeps, fed by the events of
 * session-service.
 */
@NullMarked
package dev.agora.platform.member;

import org.jspecify.annotations.NullMarked;
