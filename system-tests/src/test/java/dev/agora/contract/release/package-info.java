/**
 * The compatibility gate: the contracts must not break clients and listeners of the last
 * release.
 */
@NullMarked
package dev.agora.contract.release;

import org.jspecify.annotations.NullMarked;
