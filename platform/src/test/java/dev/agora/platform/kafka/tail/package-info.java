/** Tests of the tail of topics. */
@NullMarked
package dev.agora.platform.kafka.tail;

import org.jspecify.annotations.NullMarked;
