/**
 * The rules for text that people type: allowed characters, visibility, length, and the
 * normal form in which it is compared and stored.
 */
@NullMarked
package dev.agora.platform.text;

import org.jspecify.annotations.NullMarked;
