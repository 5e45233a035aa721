/**
 * Measures the requests of clients and the pools of connections to instances.
 */
@NullMarked
package dev.agora.gateway.meter;

import org.jspecify.annotations.NullMarked;
