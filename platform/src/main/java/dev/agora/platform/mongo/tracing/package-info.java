/** The spans of commands to MongoDB. */
@NullMarked
package dev.agora.platform.mongo.tracing;

import org.jspecify.annotations.NullMarked;
