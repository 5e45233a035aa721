/** Tests of the queue of jobs that need a broker. */
@NullMarked
package dev.agora.platform.kafka.progress;

import org.jspecify.annotations.NullMarked;
