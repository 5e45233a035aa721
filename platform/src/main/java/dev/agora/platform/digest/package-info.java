/**
 * Digests of texts and bytes.
 */
@NullMarked
package dev.agora.platform.digest;

import org.jspecify.annotations.NullMarked;
