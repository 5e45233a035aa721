/** What a service does with a real broker. */
@NullMarked
package dev.agora.platform.stream;

import org.jspecify.annotations.NullMarked;
