/**
 * An instance among others: its build, its status for gateways, and its drain at the end.
 */
@NullMarked
package dev.agora.platform.lifecycle;

import org.jspecify.annotations.NullMarked;
