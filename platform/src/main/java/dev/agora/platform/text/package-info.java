/**
 * The rules for text that people type: which characters it may have, what of it can be
 * seen, how long it may be, and the one form it is compared and stored in.
 */
@NullMarked
package dev.agora.platform.text;

import org.jspecify.annotations.NullMarked;
