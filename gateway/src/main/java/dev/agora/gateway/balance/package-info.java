/**
 * Chooses the instance of a service for a request, and handles instances that fail.
 */
@NullMarked
package dev.agora.gateway.balance;

import org.jspecify.annotations.NullMarked;
