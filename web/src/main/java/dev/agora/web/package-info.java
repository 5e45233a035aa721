/**
 * Builds the browser client from its sources. None of these classes is in the jar.
 */
@NullMarked
package dev.agora.web;

import org.jspecify.annotations.NullMarked;
