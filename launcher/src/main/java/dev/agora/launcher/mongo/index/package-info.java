/**
 * The indexes of the embedded MongoDB, and what of a query they can narrow down.
 */
@NullMarked
package dev.agora.launcher.mongo.index;

import org.jspecify.annotations.NullMarked;
