/**
 * The public API as it was agreed, and what an answer must be to agree with it.
 */
@NullMarked
package dev.agora.contract;

import org.jspecify.annotations.NullMarked;
