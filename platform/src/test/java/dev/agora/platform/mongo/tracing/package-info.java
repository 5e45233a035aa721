@NullMarked
package dev.agora.platform.mongo.tracing;

import org.jspecify.annotations.NullMarked;
