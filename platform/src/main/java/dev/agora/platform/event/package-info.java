/**
 * Declares events and their type names.
 */
@NullMarked
package dev.agora.platform.event;

import org.jspecify.annotations.NullMarked;
