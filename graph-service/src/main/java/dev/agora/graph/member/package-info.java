/**
 * The graph's own copy of who the members are, fed by the events of session-service.
 */
@NullMarked
package dev.agora.graph.member;

import org.jspecify.annotations.NullMarked;
