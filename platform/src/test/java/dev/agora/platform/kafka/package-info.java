@NullMarked
package dev.agora.platform.kafka;

import org.jspecify.annotations.NullMarked;
