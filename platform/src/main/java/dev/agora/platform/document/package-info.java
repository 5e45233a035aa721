/**
 * Documents in MongoDB with their version and the outbox of their own events.
 */
@NullMarked
package dev.agora.platform.document;

import org.jspecify.annotations.NullMarked;
