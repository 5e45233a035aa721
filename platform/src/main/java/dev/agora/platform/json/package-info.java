/**
 * Strict reading of JSON, and fingerprints of its canonical form.
 */
@NullMarked
package dev.agora.platform.json;

import org.jspecify.annotations.NullMarked;
