/**
 * Serves the browser client, without a service.
 */
@NullMarked
package dev.agora.gateway.client;

import org.jspecify.annotations.NullMarked;
