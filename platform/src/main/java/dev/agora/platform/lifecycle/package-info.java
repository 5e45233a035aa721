/**
 * Describes an instance to the gateways, and drains it before it stops.
 */
@NullMarked
package dev.agora.platform.lifecycle;

import org.jspecify.annotations.NullMarked;
