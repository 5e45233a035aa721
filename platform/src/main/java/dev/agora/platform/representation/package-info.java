/**
 * Bodies of responses that are kept as bytes and served unchanged, with their entity
 * tags.
 */
@NullMarked
package dev.agora.platform.representation;

import org.jspecify.annotations.NullMarked;
