/**
 * Bodies of responses that are kept as bytes and served unchanged, with their entity
 * tags, and pages that are joined from such bytes.
 */
@NullMarked
package dev.agora.platform.representation;

import org.jspecify.annotations.NullMarked;
