@NullMarked
package dev.agora.platform.kafka.deadletter;

import org.jspecify.annotations.NullMarked;
