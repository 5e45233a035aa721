/**
 * Opens, caches, stores, lists and ends sessions, and publishes their end.
 */
@NullMarked
package dev.agora.session.session;

import org.jspecify.annotations.NullMarked;
