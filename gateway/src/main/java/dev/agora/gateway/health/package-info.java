/**
 * Which instances there are and how they are: looked up by name and asked every second.
 */
@NullMarked
package dev.agora.gateway.health;

import org.jspecify.annotations.NullMarked;
