/**
 * JSON as the contract means it: strict to read, and in one canonical form for
 * fingerprints.
 */
@NullMarked
package dev.agora.platform.json;

import org.jspecify.annotations.NullMarked;
