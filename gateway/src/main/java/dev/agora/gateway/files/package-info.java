/**
 * Adapts Spring's handler of static files to the gateway's responses.
 */
@NullMarked
package dev.agora.gateway.files;

import org.jspecify.annotations.NullMarked;
