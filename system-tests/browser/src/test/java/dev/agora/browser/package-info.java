/**
 * Journeys through the browser client, in a real browser and on a whole system.
 */
@NullMarked
package dev.agora.browser;

import org.jspecify.annotations.NullMarked;
