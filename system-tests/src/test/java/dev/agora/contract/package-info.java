/**
 * The contract of the public API, and the check of requests and responses against it.
 */
@NullMarked
package dev.agora.contract;

import org.jspecify.annotations.NullMarked;
