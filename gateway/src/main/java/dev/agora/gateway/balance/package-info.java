/**
 * Which clone of a service gets a request, and what happens when it cannot be reached.
 */
@NullMarked
package dev.agora.gateway.balance;

import org.jspecify.annotations.NullMarked;
